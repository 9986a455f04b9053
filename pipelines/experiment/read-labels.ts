/** The side file of a bundled corpus. In: a config's corpus.path. Out: labelled spans of every paragraph by its text; null for any other corpus. Can go wrong: INPUT_MALFORMED. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parseLabelledParagraphs } from '../../operators/analysis/labelled-paragraphs.ts';
import type { PickContext } from '../../operators/analysis/describe-pick.ts';
import type { Config } from '../../schemas/config/config.ts';
import { isSampleName, samplePath } from '../resolve-sample.ts';

export async function readLabels(path: Config['corpus']['path']): Promise<PickContext['labels']> {
  if (typeof path !== 'string' || !isSampleName(path)) return null;
  const file = samplePath('labels', path);
  return parseLabelledParagraphs(gunzipSync(await readFile(file)).toString('utf8'), file);
}
