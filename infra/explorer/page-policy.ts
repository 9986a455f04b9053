/**
 * What a browser lets the page do. The text of samples is anybody's: nothing is run, framed, sent or fetched but from where the page came, and no text becomes markup
 * (`require-trusted-types-for`).
 */
const common = ["default-src 'none'", "style-src 'self'", "img-src 'self'", "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", 'trusted-types explorer'];

/** Of the page that the server gives. */
export const servedPolicy = [...common, "script-src 'self'", "worker-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"].join('; ');

/** Of the page in an exported folder: scripts bring its data, and a worker can only be made from a text. */
export const exportedPolicy = [...common, "script-src 'self' blob:", 'worker-src blob:'].join('; ');
