/** The picture of what the quickstart learns. In: held-out figures over the steps of several runs. Out: an SVG of three panels, a thin line a run and a thick one for their mean. Pure. */

export interface LearningCurve {
  readonly config: string;
  /** In order of the step; every run has the same steps. Figures are percent. */
  readonly points: readonly { readonly step: number; readonly figures: Readonly<Record<string, number>> }[];
}

const panels: readonly { readonly title: string; readonly figure: (figures: Readonly<Record<string, number>>) => number }[] = [
  { title: 'Inferable and knowledge spans right, %', figure: (figures) => (figures['inferable']! + figures['knowledge']!) / 2 },
  { title: 'Usable masks, %', figure: (figures) => figures['usable']! },
  { title: 'Noise among the usable masks, %', figure: (figures) => figures['noise masks']! },
];
const colours = ['#1f6fb2', '#c2571a'];
const width = 300;
const height = 220;
const margin = { left: 36, right: 12, top: 34, bottom: 28 };

export function learningChart(curves: readonly LearningCurve[]): string {
  const configs = [...new Set(curves.map(({ config }) => config))];
  const legend = configs.map((config, i) => `<text x="${margin.left + i * 170}" y="18" fill="${colours[i]!}" font-weight="bold">${config}</text>`);
  const drawn = panels.map((panel, i) => `<g transform="translate(${i * width} 24)">${panelSvg(panel, curves, configs)}</g>`);
  const size = `width="${width * panels.length}" height="${height + 24}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="12"><rect ${size} fill="#fff"/>${legend.join('')}${drawn.join('')}</svg>\n`;
}

function panelSvg({ title, figure }: (typeof panels)[number], curves: readonly LearningCurve[], configs: readonly string[]): string {
  const lines = curves.map(({ config, points }) => ({ config, points: points.map(({ step, figures }) => ({ step, value: figure(figures) })) }));
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value));
  const top = Math.max(10, Math.ceil(Math.max(...values) / 10) * 10);
  const lastStep = Math.max(...lines.flatMap(({ points }) => points.map(({ step }) => step)));
  const x = (step: number): number => margin.left + (step / lastStep) * (width - margin.left - margin.right);
  const y = (value: number): number => height - margin.bottom - (value / top) * (height - margin.top - margin.bottom);
  const path = (points: readonly { step: number; value: number }[]): string => points.map(({ step, value }) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  const thin = lines.map(({ config, points }) => `<polyline points="${path(points)}" fill="none" stroke="${colours[configs.indexOf(config)]!}" stroke-opacity="0.3"/>`);
  const thick = configs.map((config, i) => `<polyline points="${path(meanOf(lines.filter((line) => line.config === config)))}" fill="none" stroke="${colours[i]!}" stroke-width="2.5"/>`);
  const rules = [0, top / 2, top].map(
    (value) => `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/><text x="${margin.left - 6}" y="${y(value) + 4}" text-anchor="end" fill="#555">${value}</text>`,
  );
  const steps = [0, lastStep].map((step) => `<text x="${x(step)}" y="${height - 8}" text-anchor="${step === 0 ? 'start' : 'end'}" fill="#555">${step === 0 ? 'step 0' : step}</text>`);
  return [`<text x="${margin.left}" y="18" fill="#222">${title}</text>`, ...rules, ...steps, ...thin, ...thick].join('');
}

function meanOf(lines: readonly { readonly points: readonly { readonly step: number; readonly value: number }[] }[]): { step: number; value: number }[] {
  return lines[0]!.points.map(({ step }, i) => ({ step, value: lines.reduce((sum, { points }) => sum + points[i]!.value, 0) / lines.length }));
}
