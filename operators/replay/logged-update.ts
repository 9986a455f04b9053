/**
 * An engine's half of an update, answered from a log. In: what the log tells of a step's update. Out: reports and norms as the engine gave them, as far as they are logged;
 * what follows from the request (tokens) is counted again. Nothing can go wrong but the refusal that was logged.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { AccumulateReport, AccumulateRequest, Engine } from '../ports/engine.ts';
import { inputSequences } from '../training/input-sequences.ts';
import { PrefixTree } from '../training/prefix-tree.ts';
import type { LoggedStep } from '../ports/step-log.ts';

export type UpdateCalls = Pick<Engine, 'version' | 'accumulate' | 'step' | 'discard'>;

/** @param versionBefore version of the weights that the update began with */
export function loggedUpdate({ tables, step }: LoggedStep, versionBefore: number): UpdateCalls {
  const letters = tables.deadLetters.filter((letter) => letter.stage === 'update' && letter.step === step);
  const notFinite = new Set(letters.flatMap(({ code, recordId }) => (code === 'NOT_A_NUMBER' && recordId !== null ? [recordId] : [])));
  const refusal = letters.find(({ code, recordId }) => code === 'GRADIENT_NOT_FINITE' && recordId === null);
  const [report] = tables.steps;
  let version = versionBefore;
  let batch = 0;
  return {
    version: () => version,
    accumulate: (request) => Promise.resolve(countedReport(request, notFinite, tables.gradientBatches[batch++]?.tokensComputed ?? 0)),
    step: () => {
      if (refusal !== undefined) return Promise.reject(new PretrainZeroError('GRADIENT_NOT_FINITE', refusal.message));
      version += 1;
      return Promise.resolve({ gradientNorm: report?.gradientNorm ?? 0, updateNorm: report?.updateNorm ?? 0, policyVersion: version });
    },
    discard: () => Promise.resolve(),
  };
}

/** @param tokensComputed as logged: it lies between what one tree of all sequences takes and what separate rows take, or it is put there */
function countedReport({ groups }: AccumulateRequest, notFinite: ReadonlySet<string>, tokensComputed: number): AccumulateReport {
  const tree = new PrefixTree();
  let [rows, responseTokens] = [0, 0];
  const lost: string[] = [];
  for (const { promptTokens, responses } of groups) {
    for (const { id, tokens } of responses) {
      if (notFinite.has(id)) lost.push(id);
      if (notFinite.has(id) || tokens.length === 0) continue;
      const [sequence] = inputSequences(promptTokens, [tokens]);
      tree.add(sequence!);
      rows += sequence!.length;
      responseTokens += tokens.length;
    }
  }
  return { ...nothing, responseTokens, tokensInRows: rows, tokensComputed: Math.max(tree.size, Math.min(rows, tokensComputed)), notFinite: lost };
}

const nothing = {
  loss: 0,
  clippedLowTokens: 0,
  clippedHighTokens: 0,
  cappedTokens: 0,
  ratioSum: 0,
  entropySum: 0,
  logprobDriftSum: 0,
  logprobDriftMax: 0,
} as const;
