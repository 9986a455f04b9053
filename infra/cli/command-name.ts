/** How a person calls this program where they are. In: the script that runs, and the working directory. Out: words to put before a command. Nothing can go wrong. */
import { relative, sep } from 'node:path';

const name = 'pretrainzero';

/** @param root folder of the package: npx finds its program there, and where the package is installed. */
export function commandName(script: string, folder: string, root: string): string {
  const parts = script.split(sep);
  if (parts.includes('node_modules') || folder === root) return `npx ${name}`;
  if (parts.at(-1) === name) return name;
  const path = relative(folder, script);
  return `node ${quote(path.startsWith('..') ? script : path)}`;
}

/** As a shell takes it for one word. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
