/** In: a report. Out: which learning rates were tried, what they reached, and which was taken. Pure. */
import { measureText, type ExperimentReport } from '../experiment-terms.ts';
import { figure, nothing, percentForm, rate } from '../figure-text.ts';
import type { Block } from '../report-block.ts';

export function tuningSection({ experiment, comparison: { variants } }: ExperimentReport): Block[] {
  const rows = variants.flatMap(({ name, tuning, learningRate }) =>
    tuning.map((tried, i) => [
      i === 0 ? name : '',
      `${rate(tried.learningRate)}${tried.learningRate === learningRate ? takenText(tuning.map((each) => each.learningRate), learningRate) : ''}`,
      ...experiment.tuningSeeds.map((seed) => {
        const own = tried.bySeed.find((each) => each.seed === seed);
        return own === undefined ? nothing : own.value === null ? 'failed' : figure(own.value, percentForm);
      }),
      figure(tried.mean, percentForm),
    ]),
  );
  if (rows.length === 0) return [];
  return [
    { type: 'heading', text: 'Learning rates' },
    {
      type: 'text',
      text: `Each variant's rate is the one with the highest mean over seeds that the figures above do not use (${experiment.tuningSeeds.join(', ')}); of equals the first, and none of which a run failed. One at the edge of what was tried may leave a better one beyond it.`,
    },
    { type: 'table', caption: `${measureText(experiment.measure)} at the end of a tuning run, %`, head: ['variant', 'rate', ...experiment.tuningSeeds.map((seed) => `seed ${seed}`), 'mean'], rows, textColumns: 2 },
  ];
}

/** @param tried rates, the taken one among them */
function takenText(tried: readonly number[], taken: number): string {
  if (tried.length === 1) return ' (taken)';
  if (taken === Math.min(...tried)) return ' (taken, the lowest)';
  return taken === Math.max(...tried) ? ' (taken, the highest)' : ' (taken)';
}
