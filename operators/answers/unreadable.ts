/** Thrown within the parser of answers, and caught there: the text is none that it reads. */
export class Unreadable extends Error {}
