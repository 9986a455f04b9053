/** What the checker of exactness is given of a real run. In: its topics and its folder. Out: ids and counts. */
import { join } from 'node:path';
import { stepPart } from '../../../infra/checkpoints/run-layout.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { metricTables, sampleTables, type LogTable } from '../../../infra/sample-log/log-tables.ts';
import { readRecords } from '../../../infra/sample-log/read-records.ts';
import type { RunBus } from '../../../pipelines/distributed/run-bus.ts';
import type { RecordDefinition, RecordOf } from '../../../schemas/record-definition.ts';
import { admission, epochBegins, stepToCommit, type StepToCommit } from '../../../schemas/records/control-messages.ts';
import { stepTiming } from '../../../schemas/records/step-timing.ts';
import type { LoggedStep, RunRecords } from './exactness.ts';

/** @param steps whose parts are looked for. */
export async function readRunRecords(run: RunBus, directory: string, steps: number): Promise<RunRecords> {
  const admissions = (await run.readAll('admissions', [admission])).map(({ record: { grant, admitted }, origin: { epoch } }) => ({ epoch, step: grant.step, firstSlot: grant.firstSlot, paragraphs: admitted }));
  const asked = await run.readAll('step-commits', [epochBegins, stepToCommit, stepTiming]);
  const commits = asked.flatMap(({ definition, record, origin: { epoch } }) => (definition.name === stepToCommit.name ? [commitOf(record as StepToCommit, epoch)] : []));
  const logged: LoggedStep[] = [];
  for (let step = 1; step <= steps; step++) {
    const found = await readStep(directory, step);
    if (found !== null) logged.push(found);
  }
  return { admissions, commits, logged };
}

function commitOf({ step, paragraphIds }: StepToCommit, epoch: number) {
  return { epoch, step, paragraphIds };
}

async function readStep(directory: string, step: number): Promise<LoggedStep | null> {
  const rows = async <D extends RecordDefinition, K extends keyof RecordOf<D> & string>({ folder, definition }: LogTable<D>, columns: readonly K[]): Promise<Pick<RecordOf<D>, K>[]> => {
    const file = join(directory, stepPart(folder, step));
    const all: Pick<RecordOf<D>, K>[] = [];
    if ((await nodeFileSystem.size(file)) !== null) for await (const row of readRecords(nodeFileSystem, file, definition, { columns })) all.push(row);
    return all;
  };
  const [report] = await rows(metricTables.steps, ['ledger']);
  if (report === undefined) return null;
  const masks = await rows(sampleTables.maskRollouts, ['id']);
  const predictions = await rows(sampleTables.predictions, ['id']);
  return {
    step,
    paragraphIds: (await rows(sampleTables.paragraphs, ['id'])).map(({ id }) => id),
    rollouts: [...masks.map(({ id }) => ({ id, role: 'mask' as const })), ...predictions.map(({ id }) => ({ id, role: 'predict' as const }))],
    groups: await rows(sampleTables.groups, ['id', 'role', 'rolloutIds', 'advantages', 'kept']),
    gradientBatches: await rows(metricTables.gradientBatches, ['groupIds', 'responses']),
    ledger: report.ledger,
  };
}
