/**
 * One `<page>` of a MediaWiki export (0.10 and 0.11). In: what stands between its tags. Out: its fields; of several revisions the
 * last. Fails with a plain Error on broken XML, saying what is wrong and where in the page.
 */
import { SaxesParser } from 'saxes';

export interface MediaWikiPage {
  readonly title: string;
  readonly namespace: string; // '0' for articles
  readonly id: string;
  readonly redirect: boolean;
  readonly model: string; // 'wikitext', or what the export names
  readonly text: string; // wikitext
}

const fields = new Set(['page/title', 'page/ns', 'page/id', 'page/revision/model', 'page/revision/text', 'page/revision/content/text', 'page/revision/content/model']);

export function parsePageXml(inner: string): MediaWikiPage {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const found = new Map<string, string>();
  const path: string[] = [];
  let field: string | null = null;
  let pieces: string[] = [];
  let redirect = false;
  const take = (text: string): void => {
    if (field !== null) pieces.push(text);
  };
  parser.on('opentag', (tag) => {
    path.push(tag.name);
    const here = path.join('/');
    if (here === 'page/redirect') redirect = true;
    field = fields.has(here) ? here : null;
    pieces = [];
  });
  parser.on('closetag', () => {
    if (field !== null) found.set(field.replace('/content/', '/'), pieces.join(''));
    field = null;
    path.pop();
  });
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('error', (error) => {
    throw error;
  });
  parser.write('<page>').write(inner).write('</page>').close();
  return {
    title: found.get('page/title') ?? '',
    namespace: found.get('page/ns') ?? '0',
    id: found.get('page/id') ?? '',
    redirect,
    model: found.get('page/revision/model') ?? 'wikitext',
    text: found.get('page/revision/text') ?? '',
  };
}
