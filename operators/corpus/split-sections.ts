/**
 * The running text of an article, by section. In: wikitext without templates, tables and elements. Out: blocks of consecutive text lines, each with its section
 * titles from the outermost inward. Lists, indented and preformatted lines, table rows and the sections at the end that list other works are left
 * out. Linear. Never throws.
 */
export interface SectionBlock {
  readonly sections: readonly string[];
  readonly text: string; // one or more lines
}

/** Sections of lists: sources, links, further works. Lower case. */
const listSections =
  /^(?:see also|references?(?: and notes| and sources| list)?|notes?(?: and references| and citations)?|external links?(?: and references)?|further reading|bibliography|selected bibliography|sources?(?: and notes)?|citations?|footnotes?|endnotes?|works cited|cited (?:works|sources|literature)|general references|primary sources|secondary sources|gallery|image gallery|related (?:articles|pages)|links|explanatory notes|informational notes|web ?links|weblinks|einzelnachweise|literatur|voir aussi|liens externes|bibliographie|véase también|enlaces externos|referencias|bibliografía)$/i;

export function isListSection(title: string): boolean {
  return listSections.test(title.trim());
}

const longestHeading = 500; // characters
const heading = /^(={1,6})([^=].*?|[^=])\1\s*$/;

export function splitSections(wikitext: string, renderTitle: (wikitext: string) => string): SectionBlock[] {
  const blocks: SectionBlock[] = [];
  const open: { readonly level: number; readonly title: string }[] = [];
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0 && !open.some((section) => isListSection(section.title))) {
      blocks.push({ sections: open.map((section) => section.title), text: lines.join('\n') });
    }
    lines = [];
  };
  for (const line of wikitext.split('\n')) {
    const head = line.startsWith('=') && line.length <= longestHeading ? heading.exec(line) : null;
    if (head !== null) {
      flush();
      const level = head[1]!.length;
      while (open.length > 0 && open.at(-1)!.level >= level) open.pop();
      open.push({ level, title: renderTitle(head[2]!.trim()) });
    } else if (/^\s*$/.test(line) || /^[*#:;|!\s{}]|^-{4}/.test(line)) {
      flush();
    } else {
      lines.push(line);
    }
  }
  flush();
  return blocks;
}
