/** A step's commit for tests, a function of its number: every table has rows at even steps, some have none at odd ones. */
import fc from 'fast-check';
import type { SaveCheckpoint, StepCommit } from '../operators/ports/run-store.ts';
import type { FileSystem } from '../infra/file-system/file-system.ts';
import { writeFile } from '../infra/file-system/write-file.ts';
import type { RecordDefinition, RecordOf } from '../schemas/record-definition.ts';
import { deadLetter } from '../schemas/records/dead-letter.ts';
import { scoredGroups } from '../schemas/records/edges.ts';
import { evaluationRow } from '../schemas/records/evaluation-row.ts';
import { gradientBatch } from '../schemas/records/gradient-batch.ts';
import { stepReport } from '../schemas/records/step-report.ts';
import { arbitraryRecord } from './arbitrary-record.ts';

export function stepCommit(step: number, changes: Partial<StepCommit> = {}): StepCommit {
  const rows = <D extends RecordDefinition>(definition: D, count: number): RecordOf<D>[] =>
    fc.sample(arbitraryRecord(definition), { numRuns: count, seed: step });
  const [report] = rows(stepReport, 1);
  return {
    step,
    paragraphs: rows(scoredGroups, 2),
    rescored: false,
    gradientBatches: rows(gradientBatch, 2),
    evaluations: step % 2 === 0 ? rows(evaluationRow, 3) : [],
    deadLetters: step % 2 === 0 ? rows(deadLetter, 2) : [],
    report: { ...report!, step, policyVersion: step },
    corpusPosition: { file: 'pages.xml', byteOffset: step * 1000 },
    pending: step % 2 === 0 ? rows(scoredGroups, 1) : [],
    pendingLetters: step % 4 === 0 ? rows(deadLetter, 2) : [],
    checkpoint: step % 2 === 0,
    ...changes,
  };
}

/** Stands in for an engine: writes weights that are a function of the step. */
export function saveWeights(fileSystem: FileSystem, step: number): SaveCheckpoint {
  return async (directory) => {
    await writeFile(fileSystem, `${directory}/config.json`, '{}\n');
    await writeFile(fileSystem, `${directory}/model.safetensors`, `weights of step ${step}`);
    await writeFile(fileSystem, `${directory}/optimizer.safetensors`, `moments of step ${step}`);
  };
}
