import { drawInt, seedOf, uniforms } from '../../operators/flow/seeds.ts';

/** How often what can go wrong does, at each delivery or publish: 0 to 1. */
export interface Chaos {
  readonly seed: number;
  readonly redeliver?: number;
  readonly rebalance?: number;
  readonly pause?: number;
}

/** What a bus leaves to chance, drawn under its seed. */
export interface Chance {
  happens(chance?: number): boolean;
  /** 0 up to `count`. */
  below(count: number): number;
  /** Some turns of the event loop, or none. */
  pause(): Promise<void>;
}

const mostPauseTurns = 6;

export function createChance({ seed, pause = 0 }: Chaos): Chance {
  const draw = uniforms(seedOf(seed, 'memory-bus'));
  const happens = (chance = 0): boolean => draw() < chance;
  const turns = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  return { happens, below: (count) => drawInt(draw, count), pause: () => (happens(pause) ? turns(1 + drawInt(draw, mostPauseTurns)) : Promise.resolve()) };
}
