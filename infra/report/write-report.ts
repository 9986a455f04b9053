/**
 * Writes a report. In: its terms and figures, and a folder. Out: `report.md` with its charts in `figures/`, the self-contained `report.html`, and the figures as `report.json`; the same figures give the same bytes.
 * Can go wrong: DISK_FULL, NOT_WRITABLE.
 */
import { join } from 'node:path';
import { onFile } from '../file-system/file-error.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { replaceFile } from '../file-system/write-file.ts';
import { standaloneSvg } from './charts/standalone-svg.ts';
import { experimentReport } from './experiment-report.ts';
import type { ExperimentReport } from './experiment-terms.ts';
import { htmlReport } from './html-report.ts';
import { markdownReport } from './markdown-report.ts';

export interface WrittenReport {
  readonly markdown: string;
  readonly html: string;
  readonly data: string;
}

const figures = 'figures';

export async function writeReport(fileSystem: FileSystem, directory: string, report: ExperimentReport): Promise<WrittenReport> {
  const { title, blocks } = experimentReport(report);
  const written = { markdown: join(directory, 'report.md'), html: join(directory, 'report.html'), data: join(directory, 'report.json') };
  const charts = blocks.flatMap((block) => (block.type === 'charts' ? block.charts : []));
  await onFile(directory, async () => {
    await fileSystem.makeDirectory(join(directory, figures));
    for (const { figure, svg } of charts) await replaceFile(fileSystem, join(directory, figures, `${figure}.svg`), standaloneSvg(svg));
    await replaceFile(fileSystem, written.markdown, markdownReport(title, blocks, figures));
    await replaceFile(fileSystem, written.html, htmlReport(title, blocks));
    await replaceFile(fileSystem, written.data, `${JSON.stringify(report, null, 1)}\n`);
  });
  return written;
}
