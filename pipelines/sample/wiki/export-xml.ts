import { createHash } from 'node:crypto';
import type { Random } from '../prose/random.ts';
import type { Page } from './page.ts';

const NAMESPACES: [number, string][] = [
  [-2, 'Media'], [-1, 'Special'], [0, ''], [1, 'Talk'], [2, 'User'], [3, 'User talk'], [4, 'Wikipedia'], [5, 'Wikipedia talk'], [6, 'File'], [7, 'File talk'],
  [8, 'MediaWiki'], [9, 'MediaWiki talk'], [10, 'Template'], [11, 'Template talk'], [12, 'Help'], [13, 'Help talk'], [14, 'Category'], [15, 'Category talk'],
];
const EDITORS = ['Card clerk', 'Index keeper', 'Sample editor', 'Drawer bot'];
const COMMENTS = ['new entry', 'checked against the card index', '/* Details */ wording', 'links & sources'];

/** The opening of a MediaWiki export of version 0.11. */
export function exportHeader(): string {
  const namespaces = NAMESPACES.map(([key, name]) => `      <namespace key="${key}" case="first-letter"${name ? `>${name}</namespace>` : ' />'}`);
  return [
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
      'xsi:schemaLocation="http://www.mediawiki.org/xml/export-0.11/ http://www.mediawiki.org/xml/export-0.11.xsd" version="0.11" xml:lang="en">',
    '  <siteinfo>',
    '    <sitename>Sample encyclopedia</sitename>',
    '    <dbname>samplewiki</dbname>',
    '    <base>https://example.org/wiki/Main_Page</base>',
    '    <generator>MediaWiki 1.43.0</generator>',
    '    <case>first-letter</case>',
    '    <namespaces>',
    ...namespaces,
    '    </namespaces>',
    '  </siteinfo>',
    '',
  ].join('\n');
}

export const exportFooter = '</mediawiki>\n';

/** One page of the export. In: the page, its id (above 0), and chance for what its history says. */
export function pageXml(page: Page, id: number, random: Random): string {
  const revision = 1_000_000 + id * 7;
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${random.between(2019, 2024)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}T${two(random.between(0, 23))}:${two(random.between(0, 59))}:${two(random.between(0, 59))}Z`;
  const editor = random.between(0, EDITORS.length - 1);
  return [
    '  <page>',
    `    <title>${escape(page.title)}</title>`,
    `    <ns>${page.namespace}</ns>`,
    `    <id>${id}</id>`,
    ...(page.redirect === undefined ? [] : [`    <redirect title="${escape(page.redirect)}" />`]),
    '    <revision>',
    `      <id>${revision}</id>`,
    `      <parentid>${revision - 3}</parentid>`,
    `      <timestamp>${time}</timestamp>`,
    '      <contributor>',
    `        <username>${EDITORS[editor]!}</username>`,
    `        <id>${editor + 11}</id>`,
    '      </contributor>',
    `      <comment>${escape(random.pick(COMMENTS))}</comment>`,
    `      <origin>${revision}</origin>`,
    '      <model>wikitext</model>',
    '      <format>text/x-wiki</format>',
    `      <text bytes="${Buffer.byteLength(page.text)}" sha1="${sha1(page.text)}" xml:space="preserve">${escape(page.text)}</text>`,
    `      <sha1>${sha1(page.text)}</sha1>`,
    '    </revision>',
    '  </page>',
    '',
  ].join('\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** MediaWiki writes SHA-1 in base 36, 31 places. */
function sha1(text: string): string {
  return BigInt(`0x${createHash('sha1').update(text).digest('hex')}`).toString(36).padStart(31, '0');
}
