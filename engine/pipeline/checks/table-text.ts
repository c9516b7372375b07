/** Reading tables of text piece by piece: cells between separators, quoted where they hold them. */

export interface TableRow {
  readonly cells: readonly string[];
}

const QUOTE = '"';

/**
 * Splits text into rows as it comes, whatever the pieces; a quoted cell may hold separators and line
 * ends. Rows end with LF or CRLF; lines without any character are no rows.
 */
export class TableSplitter {
  readonly #separator: string;
  #cells: string[] = [];
  #cell = "";
  #quoted = false;
  #afterQuote = false;

  constructor(separator = ",") {
    this.#separator = separator;
  }

  /** The rows that this piece completes. */
  take(text: string): readonly TableRow[] {
    const rows: TableRow[] = [];
    for (const letter of text) {
      if (this.#quoted) this.#inQuotes(letter);
      else if (letter === "\n") this.#endRow(rows);
      else this.#outside(letter);
    }
    return rows;
  }

  /** The last row, where no line end follows it. */
  end(): readonly TableRow[] {
    const rows: TableRow[] = [];
    this.#endRow(rows);
    return rows;
  }

  #inQuotes(letter: string): void {
    if (letter === QUOTE) [this.#quoted, this.#afterQuote] = [false, true];
    else this.#cell += letter;
  }

  #outside(letter: string): void {
    if (letter === this.#separator) {
      this.#cells.push(this.#cell);
      this.#cell = "";
    } else if (letter === QUOTE && (this.#cell === "" || this.#afterQuote)) {
      // A quote right behind a closing one stands for itself.
      if (this.#afterQuote) this.#cell += QUOTE;
      this.#quoted = true;
    } else if (letter !== "\r") this.#cell += letter;
    this.#afterQuote = false;
  }

  #endRow(rows: TableRow[]): void {
    const empty = this.#cells.length === 0 && this.#cell === "";
    if (!empty) rows.push({ cells: [...this.#cells, this.#cell] });
    this.#cells = [];
    this.#cell = "";
    [this.#quoted, this.#afterQuote] = [false, false];
  }
}
