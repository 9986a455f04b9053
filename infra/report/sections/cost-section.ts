/** In: a report. Out: what each variant spent, and how many groups with signal it got for that. Pure. */
import type { ExperimentReport } from '../experiment-terms.ts';
import { figure, nothing, percentForm, tokens, withInterval } from '../figure-text.ts';
import type { Block } from '../report-block.ts';

export function costSection({ experiment, comparison }: ExperimentReport): Block[] {
  const budget = 'tokens' in experiment.budget ? experiment.budget.tokens : null;
  const deviation = (spent: number): string => (budget === null ? nothing : `${spent >= budget ? '+' : ''}${figure((spent - budget) / budget, percentForm)}%`);
  return [
    { type: 'heading', text: 'Cost' },
    {
      type: 'table',
      caption: 'Tokens and seconds of a run, mean over seeds; a useful group is one with signal: kept for the update, its rewards not all alike',
      head: ['variant', 'prompt tokens', 'response tokens', 'trained tokens', 'all tokens', 'against the budget', 'seconds', 'groups', 'useful, %', 'useful per million tokens'],
      rows: comparison.variants.map(({ name, cost }) => [
        name,
        tokens(cost.promptTokens?.mean),
        tokens(cost.responseTokens?.mean),
        tokens(cost.trainedTokens?.mean),
        tokens(cost.tokens?.mean),
        cost.tokens === null ? nothing : deviation(cost.tokens.mean),
        figure(cost.seconds?.mean, { scale: 1, digits: 0 }),
        figure(cost.groups?.mean, { scale: 1, digits: 0 }),
        cost.groups === null || cost.usefulGroups === null || cost.groups.mean === 0 ? nothing : figure(cost.usefulGroups.mean / cost.groups.mean, percentForm),
        cost.groups?.mean === 0 ? nothing : withInterval(cost.usefulGroupsPerMillionTokens, { scale: 1, digits: 0 }),
      ]),
    },
  ];
}
