import * as tf from '@tensorflow/tfjs-core';
import { fusedOps } from '../backend/fused-ops.ts';
import { DeviceAttention } from './device-attention.ts';
import { FusedAttention } from './fused-attention.ts';
import { HostAttention } from './host-attention.ts';
import type { PackAttention } from './pack-attention.ts';
import type { PackedBatch } from './packed-batch.ts';
import type { PolicyModel } from './policy-model.ts';

/**
 * WebAssembly multiplies 2-D matrices without transposed operands well, and little else: there the rest is done on the host. Elsewhere all stays on the device.
 */
export function openAttention(model: PolicyModel, batch: PackedBatch): PackAttention {
  if (tf.getBackend() === 'wasm') return new HostAttention(model, batch);
  const ops = fusedOps();
  return ops === null ? new DeviceAttention(model, batch) : new FusedAttention(ops, model, batch);
}
