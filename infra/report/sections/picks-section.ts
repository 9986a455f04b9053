/** In: a report. Out: what each variant hid: by class, kind, length, position, rarity and solved share, over the whole run and by quarter, and its commonest texts. Pure. */
import type { PickReport, VariantReport } from '../../../operators/analysis/compare-variants.ts';
import { lineChart } from '../charts/line-chart.ts';
import type { ExperimentReport } from '../experiment-terms.ts';
import { figure, formOf, nothing, percentForm, unitText, withInterval } from '../figure-text.ts';
import type { Block, Chart } from '../report-block.ts';

type Picking = VariantReport & { readonly picks: PickReport };

export function picksSection({ comparison }: ExperimentReport): Block[] {
  const picking = comparison.variants.filter((variant): variant is Picking => variant.picks !== null);
  if (picking.length === 0) return [];
  const figures = [...new Map(picking.flatMap(({ picks }) => picks.figures.map(({ name, unit }) => [name, unit] as const)))];
  const of = ({ picks }: Picking, name: string) => picks.figures.find((each) => each.name === name);
  return [
    { type: 'heading', text: 'What was hidden' },
    {
      type: 'table',
      caption: 'Masks that were predicted, over the whole run: mean over seeds with its 95% interval',
      head: ['', ...picking.map(({ name }) => name)],
      rows: figures.map(([name, unit]) => [`${name}, ${unitText(unit)}`, ...picking.map((variant) => withInterval(of(variant, name)?.whole, formOf(unit)))]),
    },
    {
      type: 'table',
      caption: 'The same over time: first quarter of the run → last',
      head: ['', ...picking.map(({ name }) => name)],
      rows: figures.map(([name, unit]) => [
        `${name}, ${unitText(unit)}`,
        ...picking.map((variant) => {
          const quarters = of(variant, name)?.quarters ?? [];
          return `${figure(quarters.at(0)?.mean, formOf(unit))} → ${figure(quarters.at(-1)?.mean, formOf(unit))}`;
        }),
      ]),
    },
    { type: 'charts', charts: figures.flatMap(([name, unit]) => quarterChart(comparison.variants, name, unit)) },
    {
      type: 'table',
      caption: 'Commonest texts of the last quarter, all seeds together: share of the masks, and of their predictions that were right, %',
      head: ['variant', 'text', 'share', 'right'],
      textColumns: 2,
      rows: picking.flatMap(({ name, picks }) => picks.common.map(({ text, share, solved }, i) => [i === 0 ? name : '', text, figure(share, percentForm), solved === null ? nothing : figure(solved, percentForm)])),
    },
  ];
}

function quarterChart(variants: readonly VariantReport[], name: string, unit: string): Chart[] {
  const title = `${name[0]!.toUpperCase()}${name.slice(1)}, ${unitText(unit)}`;
  const description = `${title}, by quarter of the run and variant: mean and 95% interval over seeds`;
  const series = variants.map(({ name: variant, picks }, colour) => {
    const quarters = picks?.figures.find((each) => each.name === name)?.quarters ?? [];
    return { name: variant, colour, points: quarters.flatMap((y, i) => (y === null ? [] : [{ x: i + 1, y }])) };
  });
  const svg = lineChart({ description, xTitle: 'quarter of the run', scale: formOf(unit).scale, share: unit === 'share', series });
  return svg === null ? [] : [{ figure: `picks-${name.replaceAll(' ', '-')}`, title, description, svg }];
}
