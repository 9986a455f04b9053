/** The prediction role on questions. In: questions. Out: the same with `predictionsPerMask` answers each, judged by the config's verifier in place of exact match. The engine's errors end the stream. */
import type { OperatorFunction } from 'rxjs';
import type { MaskGroup, PredictionGroups } from '../../schemas/records/edges.ts';
import { verifyAnswer } from '../answers/verify-answer.ts';
import { parseLastBraced, type AnswerCommand, type ParsedAnswer } from './parse-answer.ts';
import { predictSpans } from './predict-spans.ts';
import type { RolloutDeps } from './rollout-deps.ts';

export function predictAnswers(deps: RolloutDeps): OperatorFunction<MaskGroup, PredictionGroups> {
  return predictSpans(deps, parseLatex, (answer, { maskText, text }) => verifyAnswer(deps.config.verifier, answer, maskText, optionsIn(text)));
}

/** As `parseLastBraced`, with the answer as it was written: `\{1, 2\}` is a set. */
function parseLatex(text: string, command: AnswerCommand): ParsedAnswer | null {
  const parsed = parseLastBraced(text, command);
  return parsed === null ? null : { ...parsed, answer: text.slice(parsed.start, parsed.end).replace(/\s+/g, ' ') };
}

/** The lines `A. ...`, `B. ...` of a question. */
function optionsIn(question: string): string[] {
  const options: string[] = [];
  for (const [, letter, option] of question.matchAll(/^\(?([A-Z])[.):]\s+(.*)$/gm)) if (letter === String.fromCharCode(65 + options.length)) options.push(option!);
  return options;
}
