/** A group of subjects that share a value has an article (or part of one) about that value: its hub. */
export interface Hub {
  title?: string; // of the hub's article, # for the value; the value itself where missing
  about: string; // what the value is, in a sentence: "{hub} is ..." ; '' where the value has its own article
  opening: string[]; // frames that name the value as {hub}
}

/**
 * A kind of article: its facts and the frames to tell them.
 *
 * In a frame, `[a|b]` is a wording by chance; `{key}` a fact, `{key~form}` another form of it; `@` the subject's name;
 * `$` its name, a pronoun or its noun, by chance; `$'s` the same with a possessive.
 */
export interface Topic {
  name: string; // one word, for categories and infoboxes
  noun: string; // "The <noun>"
  plural: string;
  look?: 'lower-case' | 'italic'; // of the names in running text
  columns: readonly string[]; // the first is the name
  rows: string;
  derive?: (facts: Record<string, string>, index: number) => Record<string, string | undefined>;
  identifying: string[]; // facts that only one subject has
  leads: string[]; // first sentences of the article
  frames: string[]; // told once a paragraph until every fact is covered
  restate: string[]; // only told of facts that the paragraph has already
  shared: string; // the fact by which neighbours are chosen
  hubs?: Record<string, Hub>;
  events?: Record<string, string>; // fact that is a year, to a frame for that year's article
}

/** One subject: what an article is about. */
export interface Subject {
  topic: Topic;
  title: string; // unique in the encyclopedia
  name: string; // as written within a sentence, with "the" where it has one
  pronoun: string;
  facts: Record<string, string>;
}
