/** How the Hugging Face hub is reached. */
import type { RetryOptions } from './with-retries.ts';

export interface HubOptions extends RetryOptions {
  readonly fetch?: typeof fetch;
  /** @default the public hub */
  readonly url?: string;
  /** For what is private or gated. */
  readonly accessToken?: string;
}

/** The options as `@huggingface/hub` names them. */
export function hubAccess(options: HubOptions): { fetch?: typeof fetch; hubUrl?: string; accessToken?: string } {
  return {
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(options.url === undefined ? {} : { hubUrl: options.url }),
    ...(options.accessToken === undefined ? {} : { accessToken: options.accessToken }),
  };
}

/** From the variables that every tool of Hugging Face reads: `HF_TOKEN` and `HF_ENDPOINT`. */
export function hubOptionsFrom(environment: NodeJS.ProcessEnv): HubOptions {
  const { HF_TOKEN: accessToken, HF_ENDPOINT: url } = environment;
  return { ...(accessToken === undefined ? {} : { accessToken }), ...(url === undefined ? {} : { url: url.replace(/\/$/u, '') }) };
}
