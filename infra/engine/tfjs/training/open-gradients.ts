import type { PolicyWeights } from '../model/policy-weights.ts';
import { AdapterGradients } from './adapter-gradients.ts';
import { GradientStore } from './gradient-store.ts';
import type { Gradients } from './gradients.ts';

/** Of what is trained: the adapter where there is one, or all weights. */
export function openGradients(weights: PolicyWeights): Gradients {
  return weights.adapter === null ? new GradientStore(weights) : new AdapterGradients(weights.adapter.tensors);
}
