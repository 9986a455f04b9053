import { statelessAnswer } from '../../stateless-answer.ts';
import { createStubEngine, type StubEngineOptions } from '../../stub-engine.ts';
import { createStubParagraphSource } from '../../stub-paragraph-source.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';

/** Parts of a run that is the same wherever and however often each of it is done. `before` is awaited at each call of the engine. */
export function stubParts(before: StubEngineOptions['before'] = () => undefined) {
  return {
    tokenizer: createStubTokenizer(),
    engine: createStubEngine({ respond: statelessAnswer, before }),
    source: createStubParagraphSource({ letterEvery: 4 }),
    heldOut: { cloze: [], probe: [] },
  };
}
