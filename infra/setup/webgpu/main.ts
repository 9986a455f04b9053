/** `npm run setup:webgpu`. Exits 1 with one clear word where it cannot be done. */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { packageRoot } from '../package-root.ts';
import { systemWorld } from '../setup-world.ts';
import { setupWebGpu } from './setup-webgpu.ts';

const root = packageRoot();
try {
  setupWebGpu(root, systemWorld(root));
} catch (cause) {
  if (!(cause instanceof PretrainZeroError)) throw cause;
  process.stderr.write(`pretrainzero: ${cause.message}\n`);
  process.exitCode = 1;
}
