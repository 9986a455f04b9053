/** What a config's section `engine.rollouts` comes to, for tests that compare two configs: what the engine says of itself, and what the server was asked. */
import { openEngine } from '../../pipelines/open-engine.ts';
import type { Config } from '../../schemas/config/config.ts';
import type { FakeCompletionsServer } from '../infra/engine/openai-rollouts/fake-server.ts';
import type { RunRecord } from './recorded-run.ts';

/** Parts: `started`, `asked`, or `refused`. */
export async function recordRollouts(config: Config, fakes: readonly FakeCompletionsServer[]): Promise<RunRecord> {
  for (const { asked } of fakes) asked.length = 0;
  try {
    const engine = await openEngine(config, config.model.path);
    try {
      await engine.generate({ groups: [{ promptTokens: [1, 2, 3], seeds: [1, 2] }], maxNewTokens: 2, temperature: 1, stopTokens: [] });
    } finally {
      await engine.close();
    }
    const asked = fakes.flatMap(({ asked: own }) => own.map(({ path, headers, body }) => [path, headers.authorization, body.lora_path, body.model_path]));
    return new Map([['started', JSON.stringify(engine.info)], ['asked', JSON.stringify(asked)]]);
  } catch (error) {
    return new Map([['refused', String(error)]]);
  }
}
