/**
 * In: a paragraph. Out: its sentences; joined they are the paragraph again, spaces included. Unicode's rules (Intl.Segmenter), and what they do not know: titles, initials and
 * other abbreviations do not end a sentence. Never throws.
 */
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

const lookBack = 40; // characters
const abbreviation =
  /(?:^|[\s([“"'‘])(?:\p{Lu}|(?:\p{L}\.)+\p{L}|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Gov|Sen|Rep|Pres|St|Ste|Mt|Ft|Jr|Sr|Bros|Co|Corp|Inc|Ltd|No|Nos|Vol|vol|Fig|fig|vs|v|cf|c|ca|etc|e\.g|i\.e|approx|al|ed|eds|pp|p|ch|sec|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|lit|fl|r|d|b|Op|op|Nr|z\.B|bzw|usw)\.["”')\]]?\s*$/u;

export function splitSentences(paragraph: string): string[] {
  const sentences: string[] = [];
  let open: string[] = [];
  for (const { segment } of segmenter.segment(paragraph)) {
    const end = ((open.at(-1) ?? ' ').slice(-lookBack) + segment).slice(-lookBack);
    open.push(segment);
    if (abbreviation.test(end)) continue;
    sentences.push(open.join(''));
    open = [];
  }
  if (open.length > 0) sentences.push(open.join(''));
  return sentences;
}
