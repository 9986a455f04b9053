/** The pipelines that a config may name in `pipeline`. */
import type { Config } from '../schemas/config/config.ts';
import { continuePretraining } from './continue-pretraining.ts';
import { postTraining } from './post-training.ts';
import { pretrainZero } from './pretrain-zero.ts';
import { randomSpan } from './random-span.ts';
import type { Topology } from './topology.ts';

export const namedTopologies: Readonly<Record<Config['pipeline'], Topology>> = {
  'pretrain-zero': pretrainZero,
  'random-span': randomSpan,
  'continue-pretraining': continuePretraining,
  'post-training': postTraining,
};
