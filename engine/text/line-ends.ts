/** Where the lines of a text end, and where its quotes are: each place is looked for once. */

export class LineEnds {
  readonly text: string;
  #lf = -1;
  #cr = -1;
  #quote = -1;

  constructor(text: string) {
    this.text = text;
  }

  /** The first line end from there on, or the end of the text. */
  next(at: number): number {
    if (this.#lf < at) this.#lf = this.#find("\n", at);
    if (this.#cr < at) this.#cr = this.#find("\r", at);
    return Math.min(this.#lf, this.#cr, this.text.length);
  }

  /** The first quote from there on; Infinity where there is none. */
  nextQuote(at: number): number {
    if (this.#quote < at) this.#quote = this.#find('"', at);
    return this.#quote;
  }

  /** Behind the line end that stands there. */
  behind(end: number): number {
    return this.text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }

  #find(character: string, from: number): number {
    const at = this.text.indexOf(character, from);
    return at < 0 ? Infinity : at;
  }
}
