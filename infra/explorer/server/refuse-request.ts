/**
 * Who may ask. In: a request's method and headers, and the server's port. Out: null, or the status that refuses it. A page of another site reaches a server on loopback
 * through a name of its own that it points there (DNS rebinding): so the Host must be a loopback name with this port, and a request that a browser says
 * comes from elsewhere is refused. Pure.
 */
export interface RequestHead {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface Refusal {
  readonly status: 403 | 405;
  readonly reason: string;
}

export function refuseRequest({ method, headers }: RequestHead, port: number): Refusal | null {
  const hosts = ['127.0.0.1', 'localhost'].map((name) => `${name}:${port}`);
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, reason: 'Only GET and HEAD.' };
  if (typeof headers.host !== 'string' || !hosts.includes(headers.host.toLowerCase())) return { status: 403, reason: 'Unknown Host.' };
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) return { status: 403, reason: 'Foreign Origin.' };
  const navigates = headers['sec-fetch-mode'] === 'navigate'; // a link that a person followed
  if (headers['sec-fetch-site'] === 'cross-site' && !navigates) return { status: 403, reason: 'Foreign site.' };
  return null;
}
