/** In: a report. Out: every held-out figure of every variant, by class, and each seed's own. Pure. */
import type { ExperimentReport } from '../experiment-terms.ts';
import { figure, formOf, nothing, percentForm, tokens, unitText, withInterval } from '../figure-text.ts';
import type { Block } from '../report-block.ts';

export function heldOutSection({ experiment, comparison: { variants } }: ExperimentReport): Block[] {
  const figures = new Map(variants.flatMap(({ heldOut }) => heldOut.map(({ name, unit }) => [name, unit] as const)));
  if (figures.size === 0) return [];
  return [
    { type: 'heading', text: 'Held-out figures' },
    {
      type: 'table',
      caption: 'At the end of the run, mean over seeds with its 95% interval; the first column of figures is the base model',
      head: ['', 'base', ...variants.map(({ name }) => name)],
      rows: [...figures].map(([name, unit]) => {
        const own = variants.map(({ heldOut }) => heldOut.find((each) => each.name === name));
        const before = own.find((each) => each?.before != null)?.before;
        return [`${name}, ${unitText(unit)}`, figure(before?.mean, formOf(unit)), ...own.map((each) => withInterval(each?.after, formOf(unit)))];
      }),
    },
    {
      type: 'table',
      caption: 'Each seed: the measure at the end, %, and tokens computed',
      head: ['variant', ...experiment.seeds.map((seed) => `seed ${seed}`)],
      rows: variants.map(({ name, bySeed }) => [
        name,
        ...experiment.seeds.map((seed) => {
          const own = bySeed.find((each) => each.seed === seed);
          return own === undefined ? nothing : `${figure(own.after, percentForm)} (${tokens(own.cost.tokens)})`;
        }),
      ]),
    },
  ];
}
