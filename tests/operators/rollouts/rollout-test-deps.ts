/** What rollout operators are given in tests: stub engine, byte tokenizer, the short prompts, dead letters in a list. */
import type { RolloutDeps } from '../../../operators/rollouts/rollout-deps.ts';
import { createTextPromptTemplate } from '../../../operators/rollouts/text-prompt-template.ts';
import type { Config } from '../../../schemas/config/config.ts';
import type { DeadLetter } from '../../../schemas/records/dead-letter.ts';
import { baseConfig } from '../../base-config.ts';
import { createStubEngine, type StubEngine, type StubEngineOptions } from '../../stub-engine.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';

export interface RolloutTestDeps extends RolloutDeps {
  readonly engine: StubEngine;
  readonly letters: DeadLetter[];
}

export function rolloutTestDeps(options: StubEngineOptions = {}, config: Config = baseConfig()): RolloutTestDeps {
  const tokenizer = createStubTokenizer();
  const letters: DeadLetter[] = [];
  const short = { name: 'test@1', mask: '{{title}}: {{text}}\nmask:', prediction: '{{title}}: {{text}}\nfill:', nextToken: '{{title}}: {{text}}\nnext:', chat: false };
  return {
    engine: createStubEngine(options),
    tokenizer,
    template: createTextPromptTemplate(short, tokenizer),
    config,
    letters,
    deadLetters: (letter) => letters.push(letter),
  };
}
