/**
 * In: a paragraph. Out: its sentences; joined they are the paragraph again, spaces included. Unicode's rules (Intl.Segmenter), and what they do not know: titles,
 * initials and other abbreviations do not end a sentence. A sentence of more than 16,384 characters is cut. Linear in the length. Never throws.
 */
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const firstWindow = 2048; // characters shown to the segmenter at once: its time grows with the square
const lastWindow = 16_384;
const lookBack = 40; // characters

const abbreviation =
  /(?:^|[\s([“"'‘])(?:\p{Lu}|(?:\p{L}\.)+\p{L}|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Gen|Lt|Col|Maj|Capt|Brig|Cmdr|Adm|Sgt|Gov|Sen|Rep|Pres|St|Ste|Mt|Ft|Jr|Sr|Bros|Co|Corp|Inc|Ltd|No|Nos|Vol|vol|Fig|fig|vs|v|cf|c|ca|etc|e\.g|i\.e|approx|al|ed|eds|pp|p|ch|sec|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|lit|fl|r|d|b|Op|op|Nr|z\.B|bzw|usw)\.["”')\]]?\s*$/u;

export function splitSentences(paragraph: string): string[] {
  const sentences: string[] = [];
  let open: string[] = [];
  let tail = ''; // of what is open
  for (const segment of segments(paragraph)) {
    open.push(segment);
    tail = (tail + segment).slice(-lookBack);
    if (abbreviation.test(tail)) continue;
    sentences.push(open.join(''));
    open = [];
    tail = '';
  }
  if (open.length > 0) sentences.push(open.join(''));
  return sentences;
}

/** Unicode's sentences, found window by window: the last one of a window may go on, and begins the next. */
function* segments(text: string): Generator<string> {
  for (let start = 0, window = firstWindow; start < text.length; ) {
    const shown = text.slice(start, start + window);
    const found = Array.from(segmenter.segment(shown), ({ segment }) => segment);
    const complete = start + window >= text.length || (found.length === 1 && window >= lastWindow);
    if (!complete && found.length === 1) {
      window *= 2;
      continue;
    }
    if (!complete) found.pop();
    for (const segment of found) {
      yield segment;
      start += segment.length;
    }
    window = firstWindow;
  }
}
