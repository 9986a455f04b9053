/**
 * What replay takes as the log has it, with the reason: the one list of fields whose alteration it does not find by itself, or finds in another field that follows from it
 * (`shownBy`). The manifest's checksums cover all of them. Pure.
 */
import type { StepReport } from '../../schemas/records/step-report.ts';
import type { TableName } from './logged-tables.ts';

export interface GivenField {
  readonly table: TableName;
  readonly field: string;
  readonly reason: string;
  /** Fields, as table.field, where an alteration shows where it shows at all. */
  readonly shownBy: readonly string[];
}

const corpus = 'the corpus makes it; `--corpus` reads it again';
const model = 'only the model makes it; `--gradients` computes it again';
const ofRollouts = ['maskRollouts.promptTokens', 'predictions.promptTokens'];

const given = (table: TableName, fields: readonly string[], reason: string, shownBy: readonly string[] = []): GivenField[] => fields.map((field) => ({ table, field, reason, shownBy }));

/** Figures of a step that come of the forward and backward passes. */
export const modelFigures = [
  'loss',
  'criticLoss',
  'gradientNorm',
  'updateNorm',
  'clippedLowShare',
  'clippedHighShare',
  'cappedShare',
  'ratioMean',
  'entropyMean',
  'logprobDriftMean',
  'logprobDriftMax',
] as const satisfies readonly (keyof StepReport)[];

export const givenFields: readonly GivenField[] = [
  ...given('paragraphs', ['text'], corpus, ['paragraphs.tokenCount', ...ofRollouts, 'maskRollouts.rejection', 'maskRollouts.occurrences', 'deadLetters.message', 'passages.text', 'passages.spanStarts', 'passages.maskText', 'passages.id']),
  ...given('paragraphs', ['title', 'sections'], corpus, [...ofRollouts, 'deadLetters.message']),
  ...given('paragraphs', ['file', 'pageId', 'byteOffset', 'paragraphIndex', 'epoch'], corpus, ['deadLetters.file', 'deadLetters.pageId', 'deadLetters.byteOffset']),
  ...given('paragraphs', ['tokenEntropies'], 'only the model makes them', ['paragraphs.tokenEntropies', 'passages.id', 'passages.text', 'passages.spanStarts', 'passages.maskText', 'deadLetters.message']),
  ...given('maskRollouts', ['responseTokens'], model, ['maskRollouts.responseTokens', 'maskRollouts.logprobs', 'maskRollouts.finishReason', 'maskRollouts.responseText']),
  ...given('predictions', ['responseTokens'], model, ['predictions.responseTokens', 'predictions.logprobs', 'predictions.finishReason', 'predictions.responseText']),
  ...given('maskRollouts', ['logprobs'], model, ['maskRollouts.logprobs', 'groups.rolloutIds']),
  ...given('predictions', ['logprobs'], model, ['predictions.logprobs', 'groups.rolloutIds']),
  ...given('maskRollouts', ['value'], model, ['maskRollouts.value', 'groups.advantages']),
  ...given('predictions', ['value'], model, ['predictions.value', 'groups.advantages']),
  ...given('evaluations', ['responseText'], model, ['evaluations.answer', 'evaluations.spanClass', 'evaluations.correct']),
  ...given('deadLetters', ['code', 'message', 'role', 'recordId', 'step', 'file', 'pageId', 'byteOffset'], `letters of the corpus: ${corpus}; the message of a refused update is the engine's`, ['deadLetters.stage', 'deadLetters.step', 'steps.ledger']),
  ...given('gradientBatches', ['tokensComputed'], `how sequences share passes is the engine's affair; bounds are checked, and \`--gradients\` counts again`, ['steps.tokensComputed', 'gradientBatches.tokensComputed']),
  ...given('steps', modelFigures, model, modelFigures.map((name) => `steps.${name}`)),
];
