/** What a config's section `engine.tinker` comes to, for tests that compare two configs: what the engine says of itself, and what the server was asked first. */
import { openEngine } from '../../pipelines/open-engine.ts';
import type { Config } from '../../schemas/config/config.ts';
import type { ServedFake } from '../infra/engine/tinker/fake/serve-fake.ts';
import type { RunRecord } from './recorded-run.ts';

/** Parts: `started`, `asked`, or `refused`. */
export async function recordTinker(config: Config, fakes: readonly ServedFake[]): Promise<RunRecord> {
  for (const { asked } of fakes) asked.length = 0;
  try {
    const engine = await openEngine(config, config.model.path);
    await engine.close();
    const keys = fakes.flatMap(({ asked }) => asked).map(({ headers }) => headers['x-api-key']);
    return new Map([['started', JSON.stringify(engine.info)], ['asked', JSON.stringify(keys)]]);
  } catch (error) {
    return new Map([['refused', String(error)]]);
  }
}
