/** In: a chart. Out: the text of a file of its own: the same, with the colours in it. Pure. */
import { chartStyle } from './chart-style.ts';

export function standaloneSvg(svg: string): string {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  const size = width === undefined || height === undefined ? '' : ` width="${width}" height="${height}"`;
  const at = svg.indexOf('>') + 1;
  return `${svg.slice(0, at - 1)}${size}><style>${chartStyle}</style><rect width="100%" height="100%" style="fill: var(--page)"/>${svg.slice(at)}\n`;
}
