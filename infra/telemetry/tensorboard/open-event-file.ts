/**
 * TensorBoard's file of a run, opened for writing. In: the run's folder, as it was opened: what its manifest holds is what stays. Out: where the next step's
 * events go. The file then holds each committed step once, in order, whatever became of its writer: what is whole and
 * committed is kept, later steps and torn ends are cut off, what is missing is made anew from the log. Can go wrong: LOG_DAMAGED, NOT_WRITABLE, DISK_FULL.
 */
import { dirname, join } from 'node:path';
import type { Clock } from '../../../operators/ports/clock.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { StepTiming } from '../../../schemas/records/step-timing.ts';
import { readManifest } from '../../checkpoints/manifest.ts';
import type { ManifestLine } from '../../checkpoints/manifest-line.ts';
import { layout, stepPart } from '../../checkpoints/run-layout.ts';
import { onFile } from '../../file-system/file-error.ts';
import type { FileSystem } from '../../file-system/file-system.ts';
import { readFile } from '../../file-system/read-file.ts';
import { appendFile, replaceFile } from '../../file-system/write-file.ts';
import { metricTables } from '../../sample-log/log-tables.ts';
import { readPart } from '../../sample-log/read-part.ts';
import { readTimings } from '../../sample-log/read-timings.ts';
import { eventStep, versionEvent } from './scalar-event.ts';
import { stepEvents, type LoggedStep } from './step-events.ts';
import { frameRecord, wholeRecords } from './tf-records.ts';

export interface EventFile {
  append(step: LoggedStep): Promise<void>;
}

export interface EventFileDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Pick<Clock, 'wallTime'>;
}

export async function openEventFile(directory: string, deps: EventFileDeps): Promise<EventFile> {
  const { fileSystem } = deps;
  const path = join(directory, layout.events);
  await onFile(path, () => recoverEvents(directory, path, deps));
  return {
    append: (step) => onFile(path, () => appendFile(fileSystem, path, stepEvents(step), { sync: false })),
  };
}

async function recoverEvents(directory: string, path: string, { fileSystem, clock }: EventFileDeps): Promise<void> {
  const { lines } = await readManifest(fileSystem, directory);
  const before = (await fileSystem.size(path)) === null ? new Uint8Array() : await readFile(fileSystem, path);
  const { steps, bytes } = committedBeginning(before, lines.length);
  const missing = lines.slice(steps);
  if (bytes === before.length && missing.length === 0 && bytes > 0) return;
  const head = bytes > 0 ? before.subarray(0, bytes) : frameRecord(versionEvent(lines[0]?.wallTimeMs ?? clock.wallTime()));
  const timings = missing.length === 0 ? new Map<number, StepTiming>() : await readTimings(fileSystem, directory);
  const made: Uint8Array[] = [];
  for (const line of missing) made.push(stepEvents(await loggedStep(fileSystem, directory, line, timings)));
  await fileSystem.makeDirectory(dirname(path));
  await replaceFile(fileSystem, path, Buffer.concat([head, ...made]));
}

/** How far the file goes on step by step, from 1, and no further than is committed. */
function committedBeginning(file: Uint8Array, committed: number): { readonly steps: number; readonly bytes: number } {
  let [steps, bytes] = [0, 0];
  for (const { data, end } of wholeRecords(file)) {
    const step = eventStep(data);
    if ((step === null) !== (bytes === 0)) break; // the first event, and no other, has no step
    if (step === null) bytes = end;
    else if (step === steps + 1 && step <= committed) {
      steps = step;
      bytes = end;
    } else if (step > steps) break; // a record of an earlier step goes with the next of its own
  }
  return { steps, bytes };
}

async function loggedStep(fileSystem: FileSystem, directory: string, line: ManifestLine, timings: ReadonlyMap<number, StepTiming>): Promise<LoggedStep> {
  const at = { fileSystem, directory, line };
  const [report] = await readPart(at, metricTables.steps);
  if (report === undefined) throw new PretrainZeroError('LOG_DAMAGED', 'the step has no report', { file: join(directory, stepPart(metricTables.steps.folder, line.step)) });
  const timing = timings.get(line.step) ?? null;
  return { report, evaluations: await readPart(at, metricTables.evaluations), timing, wallTimeMs: timing?.wallTimeMs ?? line.wallTimeMs };
}
