/** The pipelines that a config may name in `pipeline`. */
import type { Config } from '../schemas/config/config.ts';
import { continuePretraining } from './continue-pretraining.ts';
import { entitySpan } from './entity-span.ts';
import { entropyNtp } from './entropy-ntp.ts';
import { entropySpan } from './entropy-span.ts';
import { postTraining } from './post-training.ts';
import { pretrainZero } from './pretrain-zero.ts';
import { randomNtp } from './random-ntp.ts';
import { randomSpan } from './random-span.ts';
import { rareSpan } from './rare-span.ts';
import { supervisedSpan } from './supervised-span.ts';
import type { Topology } from './topology.ts';

export const namedTopologies: Readonly<Record<Config['pipeline'], Topology>> = {
  'pretrain-zero': pretrainZero,
  'random-span': randomSpan,
  'random-ntp': randomNtp,
  'entropy-ntp': entropyNtp,
  'entropy-span': entropySpan,
  'rare-span': rareSpan,
  'entity-span': entitySpan,
  'supervised-span': supervisedSpan,
  'continue-pretraining': continuePretraining,
  'post-training': postTraining,
};
