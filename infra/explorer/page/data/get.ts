/** In: a path on the server, and perhaps the range of bytes of it. Out: the answer. Rejects where the server is gone, or says no, with what it says. */
export async function get(path: string, range?: string): Promise<Response> {
  const response = await fetch(path, range === undefined ? {} : { headers: { range } });
  if (!response.ok) throw new Error(`${path}: ${(await response.text()).trim()}`);
  return response;
}
