/** One page of the dump. */
export interface Page {
  namespace: number;
  title: string;
  redirect?: string;
  text: string; // wikitext
}
