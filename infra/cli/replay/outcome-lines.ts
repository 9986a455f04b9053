/** In: how a replay ended, and how long it took. Out: the lines that say so. Pure. */
import type { Difference } from '../../../operators/replay/difference.ts';
import type { ReplayOutcome } from '../../../pipelines/replay/replay-events.ts';
import { count, duration } from '../amounts.ts';
import type { Ink } from '../ink.ts';
import { printable, revealed } from '../../shown-text/printable.ts';

/** Characters of a value shown; `--json` has it whole. */
const mostShown = 400;

export function outcomeLines(outcome: ReplayOutcome, ms: number, ink: Ink): string[] {
  const { kind, steps, rollouts, rows, difference, checkpoints, trained, interrupted } = outcome;
  if (difference !== null) return differenceLines(difference, ink);
  const speed = ms > 0 && rollouts > 0 ? `, ${count((1000 * rollouts) / ms)} rollouts/s` : '';
  const amount = `${count(steps)} steps, ${count(rollouts)} rollouts`;
  const time = `(${duration(ms)}${speed})`;
  const stopped = interrupted ? [ink.yellow('Stopped before the last step.')] : [];
  if (kind === 'train') return [...stopped, `${ink.green('learned')}  ${amount} into ${trained ?? ''} ${time}`];
  if (kind === 'what-if') return [...stopped, `${ink.green('judged')}  ${amount} anew ${time}`];
  const weights = checkpoints.exact + checkpoints.near === 0 ? [] : [weightsLine(checkpoints)];
  const none = kind === 'gradients' && weights.length === 0 ? ['No checkpoint lies in these steps: the weights were compared with none, the figures of every update were.'] : [];
  return [...stopped, `${ink.green('same')}  ${amount}, ${count(rows)} rows: every value that follows from the log is as logged ${time}`, ...weights, ...none];
}

function weightsLine({ exact, near }: ReplayOutcome['checkpoints']): string {
  const parts = [...(exact > 0 ? [`${count(exact)} the same to the bit`] : []), ...(near > 0 ? [`${count(near)} within the bound of another backend's rounding`] : [])];
  const all = exact + near;
  return `Weights computed again, of ${count(all)} checkpoint${all === 1 ? '' : 's'}: ${parts.join(', ')}.`;
}

function differenceLines({ file, row, id, what, kind, logged, recomputed }: Difference, ink: Ink): string[] {
  const place = [file, ...(row === null ? [] : [`row ${row}`]), ...(id === null ? [] : [printable(id)])].join(', ');
  const values = kind === 'value' || kind === 'row-order' ? [`  logged      ${shown(logged)}`, `  recomputed  ${shown(recomputed)}`] : [];
  return [`${ink.red('differs')}  ${place}: ${what}`, ...values];
}

function shown(value: unknown): string {
  const text = revealed(Object.is(value, -0) ? '-0' : typeof value === 'number' ? String(value) : JSON.stringify(value));
  return text.length > mostShown ? `${text.slice(0, mostShown)}… (${count(text.length)} characters)` : text;
}
