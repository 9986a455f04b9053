/** Where a command writes. In: the process. Out: a `Terminal`; tests give one of their own. Nothing can go wrong. */

export interface Terminal {
  /** To standard output. */
  write(text: string): void;
  /** To standard error. */
  complain(text: string): void;
  /** Whether lines on standard output can be drawn again. */
  readonly interactive: boolean;
  readonly color: boolean;
  /** Width in characters. */
  columns(): number;
}

interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const widthUnknown = 100;

export function processTerminal(process: { readonly stdout: Stream; readonly stderr: Stream; readonly env: Readonly<Record<string, string | undefined>> }): Terminal {
  const { stdout, stderr, env } = process;
  const interactive = stdout.isTTY === true && env.TERM !== 'dumb';
  return {
    write: (text) => void stdout.write(text),
    complain: (text) => void stderr.write(text),
    interactive,
    color: wantsColor(env, interactive),
    columns: () => (stdout.columns !== undefined && stdout.columns > 0 ? stdout.columns : widthUnknown),
  };
}

/** no-color.org: NO_COLOR that is not empty forbids; then FORCE_COLOR but for 0 demands; else as the terminal can. */
function wantsColor(env: Readonly<Record<string, string | undefined>>, interactive: boolean): boolean {
  if ((env.NO_COLOR ?? '') !== '') return false;
  if ((env.FORCE_COLOR ?? '') !== '') return env.FORCE_COLOR !== '0';
  return interactive;
}
