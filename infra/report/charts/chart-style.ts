/** The colours of charts, light and dark, as CSS. Series are told apart by colour and by dashes. */

/** Series with a colour of their own; further ones begin again with other dashes. */
export const seriesColours = 8;

const light = ['#0067a5', '#c14600', '#007a57', '#a83279', '#7a5c00', '#5b3fa0', '#00768a', '#555555'];
const dark = ['#5db2f0', '#ff9147', '#3fcf9f', '#f08bc4', '#e0bd4a', '#b39cf5', '#4cc9dd', '#b8b8b8'];
const dashes = ['none', 'none', 'none', 'none', '6 3', '6 3', '2 3', '2 3'];

const colours = (list: readonly string[]): string => list.map((colour, i) => `--s${i}: ${colour};`).join(' ');

export const chartStyle = `
:root { --page: #ffffff; --ink: #1c1e21; --quiet: #5b626b; --rule: #d9dde2; ${colours(light)} }
@media (prefers-color-scheme: dark) { :root { --page: #16181b; --ink: #e8eaed; --quiet: #a3abb5; --rule: #363b42; ${colours(dark)} } }
.chart { font: 11px system-ui, sans-serif; }
.chart text { fill: var(--ink); }
.chart .quiet { fill: var(--quiet); }
.chart .grid { stroke: var(--rule); stroke-width: 1; }
.chart .zero { stroke: var(--quiet); stroke-width: 1; }
.chart .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.chart .band { stroke: none; opacity: 0.14; }
${light.map((_, i) => `.chart .c${i} { stroke: var(--s${i}); stroke-dasharray: ${dashes[i]!}; } .chart .f${i} { fill: var(--s${i}); }`).join('\n')}
`.trim();
