/** The engine's thread. In: `TfjsEngineOptions` as worker data, then `CallMessage`s. Out: `ReplyMessage`s. Errors become messages. */
import { parentPort, workerData } from 'node:worker_threads';
import { toErrorMessage } from './engine-error.ts';
import type { CallMessage, ReplyMessage } from './engine-messages.ts';
import type { TfjsEngineOptions } from './engine-options.ts';
import { TfjsEngine } from './tfjs-engine.ts';

const reply = (message: ReplyMessage): void => parentPort!.postMessage(message);

try {
  const engine = await TfjsEngine.open(workerData as TfjsEngineOptions);
  parentPort!.on('message', (message: CallMessage) => void serve(engine, message));
  reply({ kind: 'ready', info: engine.info, version: engine.version() });
} catch (cause) {
  reply({ kind: 'refused', error: toErrorMessage(cause) });
}

async function serve(engine: TfjsEngine, message: CallMessage): Promise<void> {
  const { id } = message;
  try {
    const value = await call(engine, message);
    reply({ kind: 'result', id, value, version: engine.version() });
  } catch (cause) {
    reply({ kind: 'error', id, error: toErrorMessage(cause) });
  }
}

function call(engine: TfjsEngine, message: CallMessage): Promise<unknown> {
  switch (message.method) {
    case 'generate':
      return engine.generate(...message.arguments, (tokens, openRows) => reply({ kind: 'progress', id: message.id, tokens, openRows }));
    case 'score':
      return engine.score(...message.arguments);
    case 'accumulate':
      return engine.accumulate(...message.arguments);
    case 'step':
      return engine.step(...message.arguments);
    case 'discard':
      return engine.discard();
    case 'save':
      return engine.save(...message.arguments);
    case 'load':
      return engine.load(...message.arguments);
    case 'close':
      return engine.close();
  }
}
