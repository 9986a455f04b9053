/**
 * What a run's steps did and spent. In: its folder. Out: a record a step. Can go wrong: LOG_DAMAGED, RECORD_INVALID. Only the first rollout of each group is read for its prompt.
 */
import { join } from 'node:path';
import type { ManifestLine } from '../../infra/checkpoints/manifest-line.ts';
import { stepPart } from '../../infra/checkpoints/run-layout.ts';
import type { FileSystem } from '../../infra/file-system/file-system.ts';
import { metricTables, sampleTables } from '../../infra/sample-log/log-tables.ts';
import { readPart } from '../../infra/sample-log/read-part.ts';
import { readTimings } from '../../infra/sample-log/read-timings.ts';
import type { StepRecord } from '../../operators/analysis/run-record.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

export async function readRunSteps(fileSystem: FileSystem, directory: string, lines: readonly ManifestLine[]): Promise<StepRecord[]> {
  const timings = await readTimings(fileSystem, directory);
  const steps: StepRecord[] = [];
  for (const line of lines) {
    const at = { fileSystem, directory, line };
    const [report] = await readPart(at, metricTables.steps);
    if (report === undefined) throw new PretrainZeroError('LOG_DAMAGED', 'the step has no report', { file: join(directory, stepPart(metricTables.steps.folder, line.step)) });
    const firsts = { columns: ['promptTokens', 'index'] as const, where: { index: 0 } };
    const prompts = [...(await readPart(at, sampleTables.maskRollouts, firsts)), ...(await readPart(at, sampleTables.predictions, firsts))];
    const groups = await readPart(at, sampleTables.groups, { columns: ['kept', 'rewards'] });
    steps.push({
      report,
      promptTokens: prompts.reduce((sum, { promptTokens }) => sum + promptTokens.length, 0),
      groups: groups.length,
      usefulGroups: groups.filter(({ kept, rewards }) => kept && new Set(rewards).size > 1).length,
      seconds: (timings.get(line.step)?.totalMs ?? 0) / 1000,
    });
  }
  return steps;
}
