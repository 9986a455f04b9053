/** Stub engines whose policy goes wrong, each in one way, and one that does not. What it does is a function of its version, so a resumed engine goes on alike. */
import { drawInt, seedOf, uniforms } from '../operators/flow/seeds.ts';
import type { HeldOut } from '../pipelines/held-out.ts';
import { hiddenWords } from './stateless-answer.ts';
import { createStubEngine, type StubEngine } from './stub-engine.ts';
import { stubText } from './stub-paragraph-source.ts';

export interface Policy {
  /** Probability that a training prediction is right. */
  readonly accuracy: (version: number) => number;
  /** The same for a held-out one. */
  readonly heldOutAccuracy: (version: number) => number;
  /** What every mask is; null: a word of its paragraph. */
  readonly mask: (version: number) => string | null;
}

export const healthy: Policy = { accuracy: (version) => 0.3 + 0.02 * version, heldOutAccuracy: (version) => 0.5 + 0.01 * version, mask: () => null };
export const oscillating: Policy = { ...healthy, accuracy: (version) => (Math.floor(version / 2) % 2 === 0 ? 0.95 : 0.05) };
export const collapsing: Policy = { ...healthy, mask: (version) => (version < 4 ? null : 'lies on the river') };
/** Every mask is beyond it. */
export const baffled: Policy = { ...healthy, accuracy: () => 0 };
/** Every mask is solved. */
export const bored: Policy = { ...healthy, accuracy: () => 1 };
/** The generator is paid more and more, as training predictions become wrong, and held-out ones with them. */
export const harmed: Policy = { ...healthy, accuracy: (version) => Math.max(0.3, 0.95 - 0.06 * version), heldOutAccuracy: (version) => Math.max(0.1, 0.9 - 0.06 * version) };

const heldOutPage = 1000;
/** Thirty names to be told from their paragraphs. */
export const heldOutNames: HeldOut = {
  cloze: Array.from({ length: 30 }, (_, i) => {
    const text = stubText(heldOutPage + i);
    const mask = text.split(' ', 1)[0]!;
    return { id: `c${i}`, title: `Page ${heldOutPage + i}`, text, start: 0, end: mask.length, mask, class: 'name' };
  }),
  probe: [],
};

export function enginePlaying(policy: Policy): StubEngine {
  const engine: StubEngine = createStubEngine({
    respond: ({ prompt, seed, weights }) => {
      const version = engine.version();
      const page = Number(/Page (\d+)/.exec(prompt)?.[1] ?? 0);
      const heldOut = page >= heldOutPage;
      const draw = uniforms(heldOut ? seed : seedOf(weights, `${seed}`)); // held-out answers differ by the policy alone
      const text = stubText(page);
      const words = text.match(/[\p{L}\p{N}]+/gu)!;
      if (!prompt.includes('[mask]')) return ` \\mask{${policy.mask(version) ?? words[drawInt(draw, words.length)]!}}`;
      const right = draw() < (heldOut ? policy.heldOutAccuracy : policy.accuracy)(version);
      return ` \\boxed{${right ? hiddenWords(prompt, text) : 'no idea'}}`;
    },
  });
  return engine;
}
