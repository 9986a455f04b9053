/** A reply that ends a request, as one of the documented errors. In: the reply, and what was asked. Out: OUT_OF_MEMORY, ENGINE_REFUSED or ENGINE_FAILED, with the server's own reason. */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import type { Reply, ServerLink } from './server-link.ts';

const longestReason = 400;

export function serverError({ status, bytes }: Pick<Reply, 'status' | 'bytes'>, what: string, link: ServerLink): PretrainZeroError {
  return errorOf(status, reasonIn(new TextDecoder().decode(bytes)), what, link);
}

/** @param status 200 where the service tells of a failure in a reply that is otherwise in order. */
export function errorOf(status: number, reason: string, what: string, link: ServerLink): PretrainZeroError {
  const told = link.redact(reason).slice(0, longestReason);
  const text = `${link.url} ${status === 200 ? 'failed' : `answered ${status}`} to ${what}: ${told}`;
  if (/out of memory|RESOURCE_EXHAUSTED/iu.test(reason)) return new PretrainZeroError('OUT_OF_MEMORY', text);
  if (status === 401 || status === 403) return new PretrainZeroError('ENGINE_REFUSED', text, { key: 'engine.tinker.apiKey' });
  if (status === 404 || /\bnot (?:found|loaded)\b/iu.test(reason)) return new PretrainZeroError('ENGINE_FAILED', `${text}; the server has lost it, as after a restart or long silence`);
  const refused = status === 409 || status === 413 || status === 415 || status === 422;
  return new PretrainZeroError(refused ? 'ENGINE_REFUSED' : 'ENGINE_FAILED', text);
}

/** FastAPI's `detail`, the hosted service's `error`, or the text as it is. */
function reasonIn(text: string): string {
  try {
    const { detail, error } = JSON.parse(text) as { detail?: unknown; error?: unknown };
    const reason = detail ?? error;
    return reason === undefined ? text : typeof reason === 'string' ? reason : JSON.stringify(reason);
  } catch {
    return text === '' ? 'no reason given' : text;
  }
}
