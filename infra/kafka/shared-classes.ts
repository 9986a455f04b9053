/**
 * Starts Java quicker: most of a broker's start is reading classes, which Java can keep as they lie in memory (class data sharing). In: where the archive lies. Out: what Java is told. Nothing can go
 * wrong: an archive of another Java or other jars is passed over by Java itself; one that was cut, of which Java would die, is known by its size; where none can be written the next start is as slow.
 */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

export interface SharedClasses {
  /** For Java's command line. */
  readonly flags: readonly string[];
  /** The process has ended: `signal` where one ended it. What it wrote as its last act takes its place whole. */
  ended(signal: NodeJS.Signals | null): void;
}

/** @param own tells this process's archive from those that others are writing. */
export function sharedClasses(archive: string, own: string): SharedClasses {
  if (isWhole(archive)) return { flags: readOnly(archive), ended: () => undefined };
  const written = `${archive}.${own}`;
  return {
    flags: [`-XX:ArchiveClassesAtExit=${written}`, ...quiet],
    ended(signal) {
      try {
        if (signal === null) keep(written, archive);
      } catch {
        // there is none, or no room for it
      }
      rmSync(written, { force: true });
    },
  };
}

export const readOnly = (archive: string): string[] => (isWhole(archive) ? ['-Xshare:auto', `-XX:SharedArchiveFile=${archive}`, ...quiet] : []);

/** Classes that cannot be kept are told one by one otherwise. */
const quiet = ['-Xlog:disable', '-Xlog:all=error:stderr'];

const sizeFile = (archive: string): string => `${archive}.bytes`;

function keep(written: string, archive: string): void {
  const { size } = statSync(written);
  renameSync(written, archive);
  writeFileSync(sizeFile(archive), String(size));
}

function isWhole(archive: string): boolean {
  try {
    return Number(readFileSync(sizeFile(archive), 'utf8')) === statSync(archive).size;
  } catch {
    return false;
  }
}
