import { z } from 'zod';
import { secret } from './secret.ts';

/** Null: the engine samples itself. */
export const rolloutServerSection = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }).describe('Address of the server, without /v1.'),
    server: z.enum(['vllm', 'sglang', 'llama-cpp']).describe('What it is: it decides how token ids are asked for, and how weights get there.'),
    model: z.string().min(1).describe('The base model as the server names it; its weights there must be those of model.path.'),
    folder: z.string().min(1).nullable().describe('Where each version of the weights is written for the server to load, under the same path there; null: it keeps the weights that it was started with.'),
    apiKey: secret.nullable().describe('The key that goes with each request; null for none.'),
  })
  .nullable();
