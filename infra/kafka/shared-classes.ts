/**
 * Starts Java in a third of the time: most of a broker's start is reading classes, which Java can keep as they lie in memory (class data sharing). In: where the archive lies. Out: what Java is
 * told. Nothing can go wrong: an archive that is broken, or of another Java or other jars, is passed over by Java itself; where none can be written the next start is as slow.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';

export interface SharedClasses {
  /** For Java's command line. */
  readonly flags: readonly string[];
  /** The process has ended. What it wrote as its last act takes its place whole. */
  ended(): void;
}

/** @param own tells this process's archive from those that others are writing. */
export function sharedClasses(archive: string, own: string): SharedClasses {
  if (existsSync(archive)) return { flags: readOnly(archive), ended: () => undefined };
  const written = `${archive}.${own}`;
  return {
    flags: [`-XX:ArchiveClassesAtExit=${written}`, ...quiet],
    ended: () => keep(written, archive),
  };
}

/** Whatever is wrong with an archive, Java starts without it. */
export const readOnly = (archive: string): string[] => (existsSync(archive) ? ['-Xshare:auto', `-XX:SharedArchiveFile=${archive}`, ...quiet] : []);

/** Classes that cannot be kept are told one by one otherwise. */
const quiet = ['-Xlog:disable', '-Xlog:all=error:stderr'];

function keep(written: string, archive: string): void {
  try {
    if (existsSync(written)) renameSync(written, archive);
  } catch {
    rmSync(written, { force: true });
  }
}
