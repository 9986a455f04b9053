/** In: an inequality of one variable with numbers. Out: the interval of its solutions; null for any other relation. Pure. */
import { someNode, type AnswerNode, type RelationSign } from './answer-node.ts';

type Relation = Extract<AnswerNode, { readonly kind: 'relation' }>;
type Tuple = Extract<AnswerNode, { readonly kind: 'tuple' }>;

export interface SolutionInterval {
  readonly variable: string;
  readonly interval: Tuple;
}

const infinity: AnswerNode = { kind: 'constant', name: 'infinity' };
const turned: Partial<Record<RelationSign, RelationSign>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

export function intervalOf({ signs, parts }: Relation): SolutionInterval | null {
  const upward = signs.every((sign) => sign === '<' || sign === '<=');
  const downward = signs.every((sign) => sign === '>' || sign === '>=');
  if (!upward && !downward) return null;
  const [ascending, between] = upward ? [parts, signs] : [parts.toReversed(), signs.map((sign) => turned[sign]!).toReversed()];
  const at = ascending.findIndex(({ kind }) => kind === 'variable');
  const variable = ascending[at];
  if (variable?.kind !== 'variable' || ascending.length > 3 || (ascending.length === 3 && at !== 1)) return null;
  const [low, high] = [ascending[at - 1], ascending[at + 1]];
  if ([low, high].some((bound) => bound !== undefined && someNode(bound, ({ kind }) => kind === 'variable'))) return null;
  return {
    variable: variable.name,
    interval: {
      kind: 'tuple',
      open: low !== undefined && between[at - 1] === '<=' ? '[' : '(',
      close: high !== undefined && between[at] === '<=' ? ']' : ')',
      items: [low ?? { kind: 'negation', of: infinity }, high ?? infinity],
    },
  };
}
