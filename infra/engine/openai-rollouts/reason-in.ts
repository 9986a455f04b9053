/** Why a server refused. In: the body of its reply. Out: the reason in words. OpenAI's form is `{ error: { message } }`, older servers' `{ message }`, FastAPI's `{ detail }`. Nothing can go wrong. */
export function reasonIn(body: string): string {
  if (body === '') return 'no reason given';
  try {
    const { error, message, detail } = JSON.parse(body) as { error?: { message?: unknown } | string; message?: unknown; detail?: unknown };
    const reason = (typeof error === 'object' ? error.message : error) ?? message ?? detail;
    return typeof reason === 'string' ? reason : reason === undefined ? body : JSON.stringify(reason);
  } catch {
    return body;
  }
}
