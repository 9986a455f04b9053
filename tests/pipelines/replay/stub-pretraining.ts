/** A small config of plain pretraining for tests. */
import type { Config } from '../../../schemas/config/config.ts';
import { stubConfig } from '../../stub-config.ts';

export function stubPretraining(): Config {
  return { ...stubConfig({ run: { steps: 3 } }), pipeline: 'continue-pretraining' };
}
