/**
 * Addresses that scripts may come from: the page's policy takes none but those made here. In: an address that this program made. Out: what the browser takes for it. Nothing can go
 * wrong.
 */
interface Policy {
  createScriptURL(url: string): unknown;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { readonly createScriptURL: (url: string) => string }): Policy;
}

const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy('explorer', { createScriptURL: (url) => url });

/** Typed as text, which is what the browser's own types ask for. */
export function scriptUrl(url: string): string {
  return policy === undefined ? url : (policy.createScriptURL(url) as string);
}
