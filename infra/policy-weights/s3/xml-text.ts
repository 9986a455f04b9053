/** What object storage answers. In: XML of elements without attributes of interest, as S3 writes it. Out: contents of elements, by name. Pure; what is not there is null or nothing. */

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Contents of all elements of a name, markup and all. */
export function elementsOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(([, content = '']) => content);
}

/** Text of the first element of a name. */
export function textOf(xml: string, name: string): string | null {
  const [content] = elementsOf(xml, name);
  if (content === undefined) return null;
  return content.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, entity?: string) => {
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return entities[entity ?? ''] ?? whole;
  });
}
