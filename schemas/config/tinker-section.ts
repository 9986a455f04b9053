import { z } from 'zod';
import { secret } from './secret.ts';

/** Null: the model is in this process, on TensorFlow.js. */
export const tinkerSection = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }).describe('Address of the server, without /api/v1.'),
    backend: z.enum(['jax', 'fsdp', 'megatron']).describe('What computes behind the server: it decides how losses are reduced, and what cannot be had.'),
    model: z.string().min(1).describe('The base model as the server names it; model.path is the same model here, of which tokenizer and config.json are read.'),
    apiKey: secret.nullable().describe('The key that goes with each request; null for none.'),
  })
  .nullable();
