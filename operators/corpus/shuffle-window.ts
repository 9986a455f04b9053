/**
 * In: the paragraphs of a window, the run's seed, epoch and window. Out: the paragraphs in an order that depends on those three numbers and
 * the window's size alone. Never throws.
 */
import { seedOf, shuffleInPlace, uniforms } from '../flow/seeds.ts';

export function shuffleWindow<T>(items: readonly T[], place: { readonly seed: number; readonly epoch: number; readonly window: number }): T[] {
  return shuffleInPlace([...items], uniforms(seedOf(place.seed, `corpus/${place.epoch}/${place.window}`)));
}
