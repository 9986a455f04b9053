/** Lines at the bottom of a terminal that are drawn again and again, with lasting lines above them. In: lines. Out: to the terminal. Nothing can go wrong. */
import type { Terminal } from '../terminal.ts';
import { textWidth } from '../text-width.ts';

export interface LiveBlock {
  /** Puts these lines in place of the block. */
  draw(lines: readonly string[]): void;
  /** Puts lasting lines above the block. */
  print(lines: readonly string[]): void;
  /** Takes the block away. */
  clear(): void;
}

export function createLiveBlock(terminal: Terminal): LiveBlock {
  let block: readonly string[] = [];
  const erase = (): string => (block.length === 0 ? '' : `\u001b[${rowsOf(block, terminal.columns())}A\r\u001b[0J`);
  const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  const put = (lasting: readonly string[], lines: readonly string[]): void => {
    const written = erase() + text(lasting) + text(lines);
    if (written !== '') terminal.write(written);
    block = lines;
  };
  return {
    draw: (lines) => put([], lines),
    print: (lines) => {
      if (lines.length > 0) put(lines, block);
    },
    clear: () => put([], []),
  };
}

/** Rows that the lines take now: where the terminal has become narrower since they were drawn, it has broken them. */
function rowsOf(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / columns)), 0);
}
