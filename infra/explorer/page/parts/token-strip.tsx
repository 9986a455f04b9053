/** The response's tokens, each in the shade of its log-probability; the figure is its title. Read only when asked for. */
import type { Role } from '../../../../schemas/records/scored-group.ts';
import { revealed } from '../../../shown-text/printable.ts';
import type { RunData } from '../data/run-data.ts';
import { usePromise } from '../state/use-promise.ts';
import { Problem } from './problem.tsx';

interface TokenStripProps {
  readonly run: RunData;
  readonly step: number;
  readonly role: Role;
  /** Of the rollout. */
  readonly id: string;
}

interface ShownToken {
  /** Its text, or its id where no checkpoint with a tokenizer is there. */
  readonly text: string;
  readonly logprob: number;
}

export function TokenStrip({ run, step, role, id }: TokenStripProps) {
  const found = usePromise(() => readTokens(run, step, role, id), [run, step, id]);
  if (found.state === 'failed') return <Problem reason={found.reason} />;
  if (found.state === 'waiting') return <p class="muted">Reading tokens …</p>;
  const { tokens, promptLength } = found.value;
  const total = tokens.reduce((sum, { logprob }) => sum + logprob, 0);
  return (
    <div class="tokens">
      <p class="muted">
        {promptLength} prompt tokens, {tokens.length} sampled; log-probability {total.toFixed(2)} nats, {(total / Math.max(1, tokens.length)).toFixed(3)} a token
      </p>
      <p>
        {tokens.map(({ text, logprob }, i) => (
          <span key={i} class={`token sure-${sureness(logprob)}`} title={`${logprob.toFixed(4)} nats, p = ${Math.exp(logprob).toFixed(4)}`}>
            <bdi>{revealed(text)}</bdi>
            <small>{logprob.toFixed(2)}</small>
          </span>
        ))}
      </p>
    </div>
  );
}

/** 0: p < 0.1, 1: < 0.5, 2: < 0.9, 3: surer. */
function sureness(logprob: number): number {
  const p = Math.exp(logprob);
  return p < 0.1 ? 0 : p < 0.5 ? 1 : p < 0.9 ? 2 : 3;
}

async function readTokens(run: RunData, step: number, role: Role, id: string): Promise<{ tokens: ShownToken[]; promptLength: number }> {
  const committed = run.step(step);
  if (committed === null) throw new Error(`${run.name} has no step ${step}`);
  const { promptTokens, responseTokens, logprobs } = await run.readers.near.tokens(committed, role, id);
  const { tokenizer } = run;
  const texts = tokenizer === null ? null : await run.readers.near.texts(tokenizer, responseTokens).catch(() => null);
  return { promptLength: promptTokens.length, tokens: responseTokens.map((token, i) => ({ text: texts?.[i] ?? `#${token}`, logprob: logprobs[i] ?? NaN })) };
}
