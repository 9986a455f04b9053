/** In: a report. Out: the curves watched during training. Pure. */
import type { CurveName } from '../../../operators/analysis/run-curves.ts';
import { lineChart } from '../charts/line-chart.ts';
import type { ExperimentReport } from '../experiment-terms.ts';
import type { Block } from '../report-block.ts';

interface Shown {
  readonly name: CurveName;
  readonly figure: string;
  readonly title: string;
  readonly scale: number;
}

const shown: readonly Shown[] = [
  { name: 'prediction reward', figure: 'prediction-reward', title: 'Predictions right in training, %', scale: 100 },
  { name: 'useful groups', figure: 'useful-groups', title: 'Groups with signal, %', scale: 100 },
  { name: 'usable masks', figure: 'usable-masks', title: 'Usable masks on held-out paragraphs, %', scale: 100 },
  { name: 'noise among masks', figure: 'noise-masks', title: 'Noise among the usable masks, %', scale: 100 },
  { name: 'entropy', figure: 'entropy', title: 'Entropy of the responses, nats a token', scale: 1 },
  { name: 'response length', figure: 'response-length', title: 'Length of a prediction, tokens', scale: 1 },
];

export function trainingSection({ comparison: { variants } }: ExperimentReport): Block[] {
  const charts = shown.flatMap(({ name, figure, title, scale }) => {
    const description = `${title}, over the tokens computed, by variant: mean and 95% interval over seeds`;
    const svg = lineChart({ description, xTitle: 'tokens computed', scale, share: scale === 100, series: variants.map((variant, colour) => ({ name: variant.name, colour, points: variant.curves[name] })) });
    return svg === null ? [] : [{ figure, title, description, svg }];
  });
  return charts.length === 0 ? [] : [{ type: 'heading', text: 'Training' }, { type: 'charts', charts }];
}
