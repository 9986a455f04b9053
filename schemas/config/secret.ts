import { z } from 'zod';

/** Where a secret is: it never stands in a config itself. */
export const secret = z
  .union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })])
  .describe('`env: NAME` of an environment variable, or `file: PATH`.');

export type SecretPlace = z.infer<typeof secret>;
