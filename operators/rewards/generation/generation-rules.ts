/** The generation rewards that a config may name in `rewards.generation`. A further one is a file beside this one and a line here and in the config's section. */
import type { Config } from '../../../schemas/config/config.ts';
import { difficulty } from './difficulty.ts';
import { difficultyWithoutZero } from './difficulty-without-zero.ts';
import type { GenerationRule } from './generation-rule.ts';
import { progress } from './progress.ts';
import { unambiguous } from './unambiguous.ts';
import { varietyInGroup } from './variety-in-group.ts';
import { varietyOverSteps } from './variety-over-steps.ts';

export const generationRules: Readonly<Record<Config['rewards']['generation'], GenerationRule>> = {
  difficulty,
  'difficulty-without-zero': difficultyWithoutZero,
  'variety-in-group': varietyInGroup,
  'variety-over-steps': varietyOverSteps,
  progress,
  unambiguous,
};
