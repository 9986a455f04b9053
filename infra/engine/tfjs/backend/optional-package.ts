/**
 * Loads a package that is no dependency: it is there where a person has installed it. In: its name. Out: its exports, or why it cannot be had, in words. Nothing
 * is thrown.
 */
export type LoadedPackage = { readonly exports: unknown } | { readonly failure: string };

export async function loadOptionalPackage(name: string): Promise<LoadedPackage> {
  try {
    return { exports: await import(name) };
  } catch (cause) {
    const isAbsent = (cause as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND' && String(cause).includes(name);
    return { failure: isAbsent ? `${name} is not installed` : `${name} does not load: ${firstLine(cause)}` };
  }
}

/** The first line of an error's message. */
export function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!;
}
