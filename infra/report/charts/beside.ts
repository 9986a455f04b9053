/** In: charts with titles. Out: one SVG with all of them in a row. Pure. */
import { escapeXml } from './escape-xml.ts';

const heading = 22;

export function beside(charts: readonly { readonly title: string; readonly svg: string }[]): string {
  const sizes = charts.map(({ svg }) => /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.slice(1).map(Number) as [number, number]);
  const lefts = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, [width]) => sum + width, 0));
  const placed = charts.map(({ title, svg }, i) => `<text x="${lefts[i]! + 10}" y="15" font-weight="bold">${escapeXml(title)}</text>${svg.replace('<svg ', `<svg x="${lefts[i]!}" y="${heading}" width="${sizes[i]![0]}" height="${sizes[i]![1]}" `)}`);
  const [width, height] = [sizes.reduce((sum, [each]) => sum + each, 0), heading + Math.max(0, ...sizes.map(([, each]) => each))];
  return `<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${placed.join('')}</svg>`;
}
