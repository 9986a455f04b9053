/** Wall-clock figures of a run by step. In: its folder. Out: a record a step. They are not synced, so some may be lost and the last be torn: those are left out. Fails with the system's errors. */
import { join } from 'node:path';
import type { StepTiming } from '../../schemas/records/step-timing.ts';
import { layout } from '../checkpoints/run-layout.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { readText } from '../file-system/read-file.ts';

export async function readTimings(fileSystem: FileSystem, directory: string): Promise<Map<number, StepTiming>> {
  const text = (await readText(fileSystem, join(directory, layout.timings))) ?? '';
  const whole = text.split('\n').filter((line) => /^\{"step":\d+,.*\}$/.test(line));
  return new Map(whole.map((line) => JSON.parse(line) as StepTiming).map((timing) => [timing.step, timing]));
}
