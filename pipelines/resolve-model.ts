/**
 * The folder of a base model. In: `model.path`: a folder, `sample`, or `hf://owner/name[@revision]`. Out: a local folder, for an address in the cache
 * that HF_HUB_CACHE, HF_HOME or XDG_CACHE_HOME name. Wrong, for an address: MODEL_INVALID, MODEL_UNSUPPORTED, NETWORK_FAILED, DISK_FULL, NOT_WRITABLE.
 */
import { resolveSample } from './resolve-sample.ts';

export async function resolveModel(path: string): Promise<string> {
  if (!isHubAddress(path)) return resolveSample(path, 'model');
  const { getHFHubCachePath } = await import('@huggingface/hub');
  const { downloadModel } = await import('../infra/hub/download-model.ts');
  const { hubOptionsFrom } = await import('../infra/hub/hub-options.ts');
  const offline = /^(?:1|on|yes|true)$/iu.test(process.env.HF_HUB_OFFLINE ?? '');
  return downloadModel(path, { directory: getHFHubCachePath(), offline }, hubOptionsFrom(process.env));
}

export function isHubAddress(path: string): boolean {
  return path.startsWith('hf://');
}
