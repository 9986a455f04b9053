/** Where responses to mathematical problems give their answer. In: a response. Out: the content of its last `\boxed{}`, else what follows the last "answer is" in its sentence; null where there is neither. Pure. */
import { parseLastBraced } from '../rollouts/parse-answer.ts';

export function finalAnswer(response: string): string | null {
  const boxed = parseLastBraced(response, 'boxed');
  if (boxed !== null) return response.slice(boxed.start, boxed.end);
  const said = [...response.matchAll(/(?:final answer|answer)(?:\s+is|:)\s*:?\s*/gi)].at(-1);
  if (said === undefined) return null;
  const rest = response.slice(said.index + said[0].length);
  const [sentence = ''] = rest.split(/\n|\.\s|\. ?I hope|\.$/);
  return sentence.trim() === '' ? null : sentence.trim();
}

/** All boxes of a text, in order, with commas between; null where there is none. */
export function allBoxed(text: string): string | null {
  const found: string[] = [];
  for (let rest = text, box = parseLastBraced(rest, 'boxed'); box !== null; rest = rest.slice(0, box.start), box = parseLastBraced(rest, 'boxed')) found.unshift(text.slice(box.start, box.end));
  return found.length === 0 ? null : found.join(', ');
}

/** The last number of a text, as word problems end with it; null where there is none. */
export function lastNumber(text: string): string | null {
  return text.match(/-?\$?\d[\d,]*(?:\.\d+)?(?:\/\d+)?/g)?.at(-1)?.replace(/,$/, '') ?? null;
}
