/** A report as a value: what Markdown and HTML are both written from. */

export interface Chart {
  /** Its file beside a Markdown page: FIGURE.svg. */
  readonly figure: string;
  readonly title: string;
  /** What it shows, in words. */
  readonly description: string;
  /** Coloured by the classes of `chart-style.ts`. */
  readonly svg: string;
}

export type Block =
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  /** The first columns are text, one if nothing is said; the others are figures. */
  | { readonly type: 'table'; readonly caption: string; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly textColumns?: number }
  | { readonly type: 'charts'; readonly charts: readonly Chart[] };
