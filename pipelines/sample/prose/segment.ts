export type SpanClass = 'trivial' | 'inferable' | 'knowledge' | 'ambiguous' | 'noise';

/** Where a piece of a sentence comes from; its class follows from that and from its neighbours. */
export type Origin =
  | { from: 'frame' } // fixed words
  | { from: 'choice'; kind: 'wording' | 'reference' } // one of few forms, by chance
  | { from: 'fact'; subject: string; key: string; precision: number } // precision: how much of the fact the form keeps
  | { from: 'draw'; kind: string; id: number }; // one of very many, by chance

/** A piece of prose. `text` is what the reader sees; `look` is how the wikitext writes it. */
export interface Segment {
  text: string;
  origin: Origin;
  look: 'plain' | 'bold' | 'italic' | 'bold-italic' | 'link';
}

export interface Span {
  start: number; // UTF-16 code units
  end: number;
  class: SpanClass;
  kind: string;
  subject?: string; // of a knowledge span: whom the fact is about
}

/** A finished paragraph: its plain prose, the same as wikitext, and what each of its words is. */
export interface Paragraph {
  heading: string; // '' in the lead
  text: string;
  wikitext: string;
  spans: Span[];
}
