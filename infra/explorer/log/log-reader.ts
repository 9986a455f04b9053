/**
 * What the page asks of a run's log, and of an evaluation's answers: the calls that its workers answer. Decoding happens there alone, so that the page stays quick, and so that a part that the decoder
 * never comes to an end with cannot stop it.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { EvaluationRow } from '../../../schemas/records/evaluation-row.ts';
import type { DeadLetter } from '../../../schemas/records/dead-letter.ts';
import type { Role } from '../../../schemas/records/scored-group.ts';
import type { StepReport } from '../../../schemas/records/step-report.ts';
import { deadLetterTable, metricTables } from '../../sample-log/log-tables.ts';
import type { ParagraphSample } from '../../sample-log/paragraph-sample.ts';
import type { CommittedStep } from './committed-step.ts';
import { packedParts } from './packed-parts.ts';
import type { Part, PartBytes } from './part-bytes.ts';
import { partRows } from './part-rows.ts';
import { questionAnswers, type ShownAnswer } from './question-answers.ts';
import { questionDigests, type QuestionDigest } from './question-digest.ts';
import { rolloutTokens, type RolloutTokens } from './rollout-tokens.ts';
import { spanLabels, type ClassOf } from './span-labels.ts';
import { searchStep, type SearchHit } from './search-step.ts';
import { stepDigest, type StepDigest } from './step-digest.ts';
import { rowsOf, stepSamples } from './step-samples.ts';
import { tokenTexts } from './token-texts.ts';

export interface ReportsRead {
  readonly reports: readonly StepReport[];
  /** What was wrong with the parts that could not be read. */
  readonly problems: readonly string[];
}

export interface LogReader {
  /** @param bytes the parts of `metrics/steps`, one after the other */
  reports(bytes: ArrayBuffer, parts: readonly Part[]): Promise<ReportsRead>;
  evaluations(step: CommittedStep): Promise<EvaluationRow[]>;
  deadLetters(step: CommittedStep): Promise<DeadLetter[]>;
  samples(step: CommittedStep): Promise<ParagraphSample[]>;
  /** @param labels file of span classes; null where the corpus has none */
  digest(step: CommittedStep, labels: Part | null): Promise<StepDigest>;
  search(step: CommittedStep, query: string): Promise<SearchHit[]>;
  tokens(step: CommittedStep, role: Role, id: string): Promise<RolloutTokens>;
  /** Of a part of a benchmark's answers. */
  questions(part: Part): Promise<QuestionDigest[]>;
  answers(part: Part, itemId: string): Promise<ShownAnswer[]>;
  /** Texts of tokens, null for those that the tokenizer does not know. */
  texts(tokenizer: Part, ids: readonly number[]): Promise<(string | null)[]>;
}

export function logReader(source: PartBytes): LogReader {
  /** Those of the step and role asked for last: a page asks for all rollouts of a mask, one by one. */
  let tokens: { readonly key: string; readonly rollouts: Promise<ReadonlyMap<string, RolloutTokens>> } | null = null;
  let classes: Promise<ClassOf> | null = null;
  const tokenizers = new Map<string, Promise<(id: number) => string | null>>();
  return {
    async reports(bytes, parts) {
      const packed = packedParts(bytes, parts);
      const reports: StepReport[] = [];
      const problems: string[] = [];
      for (const part of parts) {
        try {
          reports.push(...(await partRows(packed, part, metricTables.steps)));
        } catch (error) {
          problems.push(error instanceof Error ? error.message : String(error));
        }
      }
      return { reports, problems };
    },
    evaluations: (step) => rowsOf(source, step, metricTables.evaluations),
    deadLetters: (step) => rowsOf(source, step, deadLetterTable),
    samples: (step) => stepSamples(source, step),
    async digest(step, labels) {
      if (labels !== null) classes ??= source.read(labels, 0, labels.bytes).then((bytes) => spanLabels(bytes, labels.path));
      return stepDigest(source, step, await classes);
    },
    search: (step, query) => searchStep(source, step, query),
    async tokens(step, role, id) {
      const key = `${step.hash}/${role}`;
      const latest = tokens?.key === key ? tokens.rollouts : rolloutTokens(source, step, role);
      tokens = { key, rollouts: latest };
      const found = (await latest).get(id);
      if (found === undefined) throw new PretrainZeroError('RECORD_INVALID', `step ${step.step} has no such rollout`, { id });
      return found;
    },
    questions: (part) => questionDigests(source, part),
    answers: (part, itemId) => questionAnswers(source, part, itemId),
    async texts(tokenizer, ids) {
      let loaded = tokenizers.get(tokenizer.path);
      if (loaded === undefined) {
        loaded = source.read(tokenizer, 0, tokenizer.bytes).then((bytes) => tokenTexts(new TextDecoder().decode(bytes)));
        tokenizers.set(tokenizer.path, loaded);
      }
      return ids.map(await loaded);
    },
  };
}
