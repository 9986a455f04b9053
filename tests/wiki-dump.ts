/** Small MediaWiki dumps. In: pages. Out: the XML of an export. */
export interface DumpPage {
  readonly title: string;
  readonly text: string; // wikitext
  readonly namespace?: number;
  readonly redirect?: boolean;
}

export const dumpHead =
  '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">\n  <siteinfo><sitename>Test</sitename></siteinfo>\n';
export const dumpFoot = '</mediawiki>\n';

export function dumpPage({ title, text, namespace = 0, redirect = false }: DumpPage, id: number): string {
  return `  <page>
    <title>${escape(title)}</title>
    <ns>${namespace}</ns>
    <id>${id}</id>
${redirect ? '    <redirect title="Elsewhere" />\n' : ''}    <revision>
      <id>${1000 + id}</id>
      <model>wikitext</model>
      <format>text/x-wiki</format>
      <text bytes="${Buffer.byteLength(text)}" xml:space="preserve">${escape(text)}</text>
    </revision>
  </page>
`;
}

/** Ids count from 1. */
export function wikiDump(pages: readonly DumpPage[]): string {
  return dumpHead + pages.map((page, i) => dumpPage(page, i + 1)).join('') + dumpFoot;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
