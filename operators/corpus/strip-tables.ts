/**
 * In: wikitext. Out: the same without its tables `{| ... |}`, nested ones too. A table that is not closed ends at the next heading. Linear.
 * Never throws.
 */
export function stripTables(wikitext: string): string {
  if (!wikitext.includes('{|')) return wikitext;
  const kept: string[] = [];
  let depth = 0;
  for (const line of wikitext.split('\n')) {
    const start = line.replace(/^[\s:*#]+/, '');
    if (start.startsWith('{|')) {
      if (depth === 0) kept.push('');
      depth++;
    } else if (depth > 0 && start.startsWith('|}') && !start.startsWith('|}}')) {
      depth--;
      const rest = start.slice(2).trim();
      if (depth === 0 && rest !== '') kept.push(rest);
    } else if (depth > 0 && line.length <= 500 && /^={2,6}[^=].*={2,6}\s*$/.test(line)) {
      depth = 0;
      kept.push(line);
    } else if (depth === 0) {
      kept.push(line);
    }
  }
  return kept.join('\n');
}
