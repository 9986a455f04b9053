/** The server's JSON, as far as it is used. */
import { z } from 'zod';

export const sessionReply = z.object({ session_id: z.string().min(1) });
export const capabilitiesReply = z.object({ supported_models: z.array(z.object({ model_name: z.string() })) });
export const futureReply = z.object({ request_id: z.string().min(1) });
export const modelReply = z.object({ model_id: z.string().min(1) });
export const samplingSessionReply = z.object({ sampling_session_id: z.string().min(1) });
export const pathReply = z.object({ path: z.string().min(1) });
export const stepReply = z.object({ metrics: z.record(z.string(), z.number().nullable()).nullish() });
export const anyReply = z.object({});
