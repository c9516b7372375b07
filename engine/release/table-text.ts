/** Reading tables of text piece by piece: cells between separators, quoted where they hold them. */

export interface TableRow {
  readonly cells: readonly string[];
}

const QUOTE = '"';

/**
 * Splits text into rows as it comes, whatever the pieces; a quoted cell may hold separators and line
 * ends. Rows end with LF, CRLF or CR; lines without any character are no rows; a byte order mark is
 * none.
 */
export class TableSplitter {
  readonly #separator: string;
  #cells: string[] = [];
  #cell = "";
  #quoted = false;
  #afterQuote = false;
  #isFirst = true;

  constructor(separator = ",") {
    this.#separator = separator;
  }

  /** The rows that this piece completes. */
  take(text: string): readonly TableRow[] {
    const piece = this.#isFirst ? text.replace(/^\uFEFF/, "") : text;
    this.#isFirst &&= text === "";
    const rows: TableRow[] = [];
    if (this.#quoted || this.#afterQuote || piece.includes(QUOTE)) this.#takeLetters(piece, rows);
    else this.#takeLines(piece, rows);
    return rows;
  }

  /** The last row, where no line end follows it. */
  end(): readonly TableRow[] {
    const rows: TableRow[] = [];
    this.#endRow(rows);
    return rows;
  }

  #takeLetters(text: string, rows: TableRow[]): void {
    for (const letter of text) {
      if (this.#quoted) this.#inQuotes(letter);
      else if (letter === "\n" || letter === "\r") this.#endRow(rows);
      else this.#outside(letter);
    }
  }

  /** Many times faster where no quote is in sight. */
  #takeLines(text: string, rows: TableRow[]): void {
    const lines = text.split(/[\r\n]/);
    lines.forEach((line, i) => {
      const [first = "", ...others] = line.split(this.#separator);
      this.#cell += first;
      for (const cell of others) {
        this.#cells.push(this.#cell);
        this.#cell = cell;
      }
      if (i < lines.length - 1) this.#endRow(rows);
    });
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
    } else this.#cell += letter;
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
