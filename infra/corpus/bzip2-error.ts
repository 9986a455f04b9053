/** What a bzip2 decoder found wrong. `truncated`: the data end before the block does. */
export class Bzip2Error extends Error {
  override readonly name = 'Bzip2Error';
  readonly truncated: boolean;

  constructor(what: string, truncated = false) {
    super(what);
    this.truncated = truncated;
  }
}
