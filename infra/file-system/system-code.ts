/** In: anything thrown. Out: the system's code of it or of what caused it (ENOSPC, EACCES, ...), or null. */
export function systemCode(error: unknown): string | null {
  const seen = new Set<unknown>();
  for (let at: unknown = error; at instanceof Error && !seen.has(at); at = at.cause) {
    seen.add(at);
    if ('syscall' in at && 'code' in at && typeof at.code === 'string') return at.code;
  }
  return null;
}
