import { onGpu } from '../backend/on-gpu.ts';
import type { PolicyWeights } from '../model/policy-weights.ts';
import { AdapterGradients } from './adapter-gradients.ts';
import { DeviceGradients } from './device-gradients.ts';
import { GradientStore } from './gradient-store.ts';
import type { Gradients } from './gradients.ts';

/** Of what is trained: the adapter where there is one, or all weights. */
export function openGradients(weights: PolicyWeights): Gradients {
  if (weights.adapter !== null) return new AdapterGradients(weights.adapter.tensors);
  return onGpu() ? new DeviceGradients(weights) : new GradientStore(weights);
}
