import type { Engine } from '../operators/ports/engine.ts';
import type { Config } from '../schemas/config/config.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';

export function openEngine(config: Config, modelDirectory: string): Promise<Engine> {
  return Promise.reject(new PretrainZeroError('BACKEND_UNAVAILABLE', `no engine for ${config.engine.backend}`, { file: modelDirectory }));
}
