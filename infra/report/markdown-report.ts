/** In: a report. Out: a Markdown page (GitHub's), its charts as images of the folder named. Pure. */
import type { Block } from './report-block.ts';

/** @param figures folder of the charts, relative to the page */
export function markdownReport(title: string, blocks: readonly Block[], figures: string): string {
  return `${[`# ${plain(title)}`, ...blocks.map((block) => markdownOf(block, figures))].join('\n\n')}\n`;
}

function markdownOf(block: Block, figures: string): string {
  switch (block.type) {
    case 'heading':
      return `## ${plain(block.text)}`;
    case 'text':
      return plain(block.text);
    case 'list':
      return block.items.map((item) => `- ${plain(item)}`).join('\n');
    case 'table': {
      const line = (cells: readonly string[]): string => `| ${cells.map((cell) => plain(cell).replaceAll('|', '\\|')).join(' | ')} |`;
      const rule = block.head.map((_, i) => (i < (block.textColumns ?? 1) ? '---' : '---:'));
      return [`**${plain(block.caption)}**`, '', line(block.head), `| ${rule.join(' | ')} |`, ...block.rows.map(line)].join('\n');
    }
    case 'charts':
      return block.charts.map(({ figure, description }) => `![${plain(description).replaceAll(/[[\]]/g, '')}](${figures}/${figure}.svg)`).join('\n');
  }
}

/** Text in which nothing is markup: masks and names come from outside. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_<>#[\]]/g, (sign) => `\\${sign}`);
}
