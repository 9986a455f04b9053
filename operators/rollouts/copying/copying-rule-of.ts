/**
 * The rules that masks of a paragraph are sampled and trained under. In: the config and the tokenizer, and what a mask may only copy. Out: rules. Fails with MODEL_UNSUPPORTED where a rule is asked
 * for and the tokenizer does not tell the bytes of its tokens.
 */
import type { Config } from '../../../schemas/config/config.ts';
import type { MaskConstraint } from '../../../schemas/records/mask-rollout.ts';
import type { CopyingRule } from '../../ports/copying-rule.ts';
import type { Tokenizer } from '../../ports/tokenizer.ts';
import { contentSpans } from '../content-spans.ts';
import { CopyingRules } from './copying-rules.ts';

/** A tokenizer's vocabulary is laid out once. */
const laidOut = new WeakMap<Tokenizer, CopyingRules>();

/** By what a mask may only copy; null: anything may be said. A rule is made when it is first asked for. */
export type RuleOf = (constraint: MaskConstraint | null) => CopyingRule | null;

export function copyingRulesOf({ config, tokenizer }: { readonly config: Config; readonly tokenizer: Tokenizer }, paragraph: string): RuleOf {
  const made = new Map<MaskConstraint, CopyingRule>();
  return (constraint) => {
    if (constraint === null) return null;
    const rule = made.get(constraint) ?? makeRule(constraint);
    made.set(constraint, rule);
    return rule;
  };

  function makeRule(constraint: MaskConstraint): CopyingRule {
    const rules = laidOut.get(tokenizer) ?? new CopyingRules(tokenizer.tokenBytes());
    laidOut.set(tokenizer, rules);
    const atOnce = config.rollouts.promptTemplate === 'short';
    switch (constraint) {
      case 'words':
        return rules.wordsOf(paragraph);
      case 'names':
        return rules.namesOf(paragraph, atOnce);
      case 'content-words':
        return rules.contentWordsOf(paragraph, atOnce);
    }
  }
}

/** What second tries may only copy of a paragraph. */
export function secondConstraint(paragraph: string): MaskConstraint {
  return contentSpans(paragraph).length > 0 ? 'names' : 'content-words';
}

/** What a paragraph's first samples may only copy. */
export function firstConstraint({ masks }: Pick<Config, 'masks'>): MaskConstraint | null {
  return masks.constrained ? 'words' : null;
}
