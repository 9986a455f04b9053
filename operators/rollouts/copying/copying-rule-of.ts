/** The rule that masks of a paragraph are sampled and trained under. In: the config and the tokenizer. Out: null unless `masks.constrained`. Fails with MODEL_UNSUPPORTED where the tokenizer does not tell the bytes of its tokens. */
import type { Config } from '../../../schemas/config/config.ts';
import type { CopyingRule } from '../../ports/copying-rule.ts';
import type { Tokenizer } from '../../ports/tokenizer.ts';
import { CopyingRules } from './copying-rules.ts';

/** A tokenizer's vocabulary is laid out once. */
const rulesOf = new WeakMap<Tokenizer, CopyingRules>();

export function copyingRuleOf({ config, tokenizer }: { readonly config: Config; readonly tokenizer: Tokenizer }, paragraph: string): CopyingRule | null {
  if (!config.masks.constrained) return null;
  const rules = rulesOf.get(tokenizer) ?? new CopyingRules(tokenizer.tokenBytes());
  rulesOf.set(tokenizer, rules);
  return rules.ruleFor(paragraph);
}
