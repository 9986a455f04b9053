/**
 * In: a report. Out: one HTML page that needs nothing beside it: no script, charts inline, light and dark as the reader's system has it; wide tables scroll in themselves, so that it can be read on a telephone.
 * Pure.
 */
import { chartStyle } from './charts/chart-style.ts';
import { escapeXml } from './charts/escape-xml.ts';
import type { Block } from './report-block.ts';

export function htmlReport(title: string, blocks: readonly Block[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escapeXml(title)}</title>
<style>
${chartStyle}
${pageStyle}
</style>
</head>
<body>
<main>
<h1>${escapeXml(title)}</h1>
${blocks.map(htmlOf).join('\n')}
</main>
</body>
</html>
`;
}

function htmlOf(block: Block): string {
  switch (block.type) {
    case 'heading':
      return `<h2>${escapeXml(block.text)}</h2>`;
    case 'text':
      return `<p>${escapeXml(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeXml(item)}</li>`).join('')}</ul>`;
    case 'table': {
      const kind = (column: number): string => (column < (block.textColumns ?? 1) ? ' class="text"' : '');
      const head = block.head.map((cell, column) => `<th scope="col"${kind(column)}>${escapeXml(cell)}</th>`).join('');
      const rows = block.rows.map(([first = '', ...cells]) => `<tr><th scope="row">${escapeXml(first)}</th>${cells.map((cell, i) => `<td${kind(i + 1)}>${escapeXml(cell)}</td>`).join('')}</tr>`);
      const caption = escapeXml(block.caption);
      return `<p class="caption">${caption}</p><div class="wide" role="region" tabindex="0" aria-label="${caption}"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
    }
    case 'charts':
      return `<div class="charts">${block.charts.map(({ title, svg }) => `<figure><figcaption>${escapeXml(title)}</figcaption>${svg}</figure>`).join('')}</div>`;
  }
}

const pageStyle = `
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
h1 { font-size: 1.5rem; margin: 0.5rem 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; padding-top: 0.75rem; border-top: 1px solid var(--rule); }
p, ul { max-width: 46rem; }
ul { padding-left: 1.25rem; }
li { margin: 0.25rem 0; }
.wide { overflow-x: auto; margin: 0 0 1rem; }
.wide:focus-visible { outline: 2px solid var(--s0); }
table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.caption { color: var(--quiet); font-size: 0.875rem; margin: 1.25rem 0 0; }
.text { text-align: left; }
th, td { padding: 0.3rem 0.7rem; border-bottom: 1px solid var(--rule); text-align: right; white-space: nowrap; }
thead th { vertical-align: bottom; color: var(--quiet); font-weight: 600; white-space: normal; min-width: 5rem; }
th:first-child { text-align: left; padding-left: 0; font-weight: 600; position: sticky; left: 0; background: var(--page); white-space: normal; max-width: 11rem; min-width: 7rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem; margin: 1rem 0; }
figure { margin: 0; }
figcaption { font-size: 0.875rem; font-weight: 600; }
figure svg { width: 100%; height: auto; max-width: 30rem; display: block; }
`.trim();
