/** In: a report. Out: its answer: a sentence for each variant against the reference, the table of results, the curve of the measure and the differences. Pure. */
import type { VariantReport } from '../../../operators/analysis/compare-variants.ts';
import type { PairedDifference } from '../../../operators/analysis/paired-difference.ts';
import { intervalChart } from '../charts/interval-chart.ts';
import { lineChart } from '../charts/line-chart.ts';
import { measureText, type ExperimentReport } from '../experiment-terms.ts';
import { figure, nothing, percentForm, rate, signedWithInterval, tokens, withInterval } from '../figure-text.ts';
import type { Block, Chart } from '../report-block.ts';

export function answerSection(report: ExperimentReport): Block[] {
  const { experiment, comparison, failed, open } = report;
  const { variants } = comparison;
  const missing = [...failed.map((title) => `Failed: ${title}.`), ...open.map((title) => `Still to do: ${title}.`)];
  return [
    { type: 'text', text: experiment.question },
    ...(missing.length === 0 ? [] : [{ type: 'list' as const, items: missing }]),
    { type: 'heading', text: 'Answer' },
    { type: 'list', items: variants.flatMap((variant) => (variant.difference === null ? [] : [verdictSentence(variant, variant.difference, experiment.reference)])) },
    resultTable(report),
    { type: 'charts', charts: [...curveChart(report), ...differenceChart(report)] },
  ];
}

function verdictSentence({ name }: VariantReport, { difference, ahead, tied, behind, verdict }: PairedDifference, reference: string): string {
  const counts = `ahead in ${ahead} of ${difference.n} seeds${tied === 0 ? '' : `, level in ${tied}`}${behind === 0 || ahead === 0 ? '' : `, behind in ${behind}`}`;
  const points = `${signedWithInterval(difference, percentForm)} points`;
  if (verdict === 'ahead') return `${name} is ahead of ${reference}: ${points}; ${counts}.`;
  if (verdict === 'behind') return `${name} is behind ${reference}: ${points}; ${counts}.`;
  return `${name} and ${reference} are not told apart: ${points}; ${counts}.`;
}

function resultTable({ experiment, comparison }: ExperimentReport): Block {
  return {
    type: 'table',
    caption: `${measureText(experiment.measure)}, %: mean over seeds with its 95% interval; difference to ${experiment.reference} by seed, points`,
    head: ['variant', 'seeds', 'rate', 'steps', 'tokens', 'minutes', 'before', 'after', 'difference', 'seeds ahead'],
    rows: comparison.variants.map(({ name, seeds, learningRate, steps, cost, before, after, difference }) => [
      name,
      `${seeds.length} of ${experiment.seeds.length}`,
      rate(learningRate),
      steps === null ? nothing : String(steps),
      tokens(cost.tokens?.mean),
      figure(cost.seconds?.mean, { scale: 1 / 60, digits: 1 }),
      figure(before?.mean, percentForm),
      withInterval(after, percentForm),
      difference === null ? nothing : signedWithInterval(difference.difference, percentForm),
      difference === null ? nothing : `${difference.ahead} of ${difference.difference.n}`,
    ]),
  };
}

function curveChart({ experiment, comparison }: ExperimentReport): Chart[] {
  const description = `${measureText(experiment.measure)} over the tokens computed, by variant: mean and 95% interval over seeds`;
  const svg = lineChart({ description, xTitle: 'tokens computed', scale: 100, share: true, series: comparison.variants.map(({ name, curves }, colour) => ({ name, colour, points: curves.measure })) });
  return svg === null ? [] : [{ figure: 'measure', title: 'Held-out spans right, %', description, svg }];
}

function differenceChart({ experiment, comparison }: ExperimentReport): Chart[] {
  const description = `Difference to ${experiment.reference} by variant: mean and 95% interval over seeds`;
  const rows = comparison.variants.flatMap(({ name, difference }, colour) => (difference === null ? [] : [{ name, colour, estimate: difference.difference }]));
  const svg = intervalChart(description, 'points', 100, rows);
  return svg === null ? [] : [{ figure: 'differences', title: `Difference to ${experiment.reference}, points`, description, svg }];
}
