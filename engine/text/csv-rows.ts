/**
 * Csv text as rows, in whatever pieces it comes, as the readers of tables see it in bytes (`table/csv`). By hand,
 * because csv-parse is too large for the sandbox, where codelists are read, and gives nothing of a text with
 * a quote that never closes, of which a privacy gate must see every line.
 */
import { LineEnds } from "./line-ends.ts";

export interface CsvRow {
  /** As it stands, without its line end. */
  readonly text: string;
  /** Where it begins, from 1; a quoted cell can run over several lines. */
  readonly line: number;
  /** Its cells without the quotes around them. */
  readonly cells: () => readonly string[];
}

/** Where the next character of a row stands. */
type State =
  | "at the start of a cell"
  | "in a cell"
  | "in quotes"
  | "behind quotes"
  | "behind a cell"
  | "broken";

/** No reader takes more for one row. */
const LONGEST_ROW = 1 << 26;

/**
 * Rows end with LF, CR LF or CR outside quotes. Only the first character of a cell can open quotes, and nothing but
 * blanks may stand behind the closing one. Rows without any character are left out, and so is a byte order mark.
 * Where quotes are broken, a row is given line by line, its quotes as characters like others.
 */
export class CsvRows {
  readonly #separator: string;
  #state: State = "at the start of a cell";
  /** What is there of a row that goes on. */
  #pieces: string[] = [];
  #length = 0;
  #line = 1;
  /** Where in the row its last quotes open; -1 for nowhere. */
  #opened = -1;
  #brokenLine: number | null = null;
  #isFirst = true;
  #isBehindCr = false;

  constructor(separator = ",") {
    this.#separator = separator;
  }

  /** The line of the first quoted cell that does not end as it should; null where all do. */
  get brokenLine(): number | null {
    return this.#brokenLine;
  }

  /** The rows that this piece completes. */
  take(text: string): readonly CsvRow[] {
    if (text === "") return [];
    const rows: CsvRow[] = [];
    const piece = this.#isFirst ? text.replace(/^\uFEFF/, "") : text;
    const ends = new LineEnds(piece);
    let at = this.#isBehindCr && piece.startsWith("\n") ? 1 : 0;
    this.#isFirst = false;
    while (at < piece.length) {
      const end = this.#endOfRow(ends, at);
      this.#keep(piece.slice(at, end));
      if (end < piece.length) this.#endRow(rows);
      at = ends.behind(end);
    }
    this.#isBehindCr = piece.endsWith("\r") && this.#length === 0;
    return rows;
  }

  /** The last row, where no line end follows it. */
  end(): readonly CsvRow[] {
    const rows: CsvRow[] = [];
    if (this.#state === "in quotes") this.#state = "broken";
    this.#endRow(rows);
    return rows;
  }

  #keep(text: string): void {
    this.#pieces.push(text);
    this.#length += text.length;
    if (this.#state === "in quotes" && this.#length > LONGEST_ROW) this.#state = "broken";
  }

  /** The place of the line end, or the end of the piece. */
  #endOfRow(ends: LineEnds, from: number): number {
    const { text } = ends;
    for (let at = from; at < text.length;) {
      if (this.#state === "in quotes") {
        const close = text.indexOf('"', at);
        if (close < 0) break;
        this.#state = "behind quotes";
        at = close + 1;
      } else if (this.#state === "behind quotes" || this.#state === "behind a cell") {
        const character = text.charAt(at);
        if (character === "\n" || character === "\r") return at;
        this.#state = this.#behindQuotes(character);
        at += 1;
      } else {
        const end = ends.next(at);
        const quote = this.#state === "broken" ? Infinity : ends.nextQuote(at);
        if (quote > end) {
          if (end === text.length) this.#leaveIn(text);
          return end;
        }
        this.#meetQuote(text, quote, { at, from });
        at = quote + 1;
      }
    }
    return text.length;
  }

  #behindQuotes(character: string): State {
    if (character === this.#separator) return "at the start of a cell";
    if (character === '"' && this.#state === "behind quotes") return "in quotes";
    return character === " " || character === "\t" ? "behind a cell" : "broken";
  }

  #leaveIn(text: string): void {
    if (this.#state === "broken") return;
    const isStart = text.endsWith(this.#separator);
    this.#state = isStart ? "at the start of a cell" : "in a cell";
  }

  #meetQuote(text: string, quote: number, { at, from }: Record<"at" | "from", number>): void {
    const opens =
      quote === at
        ? this.#state === "at the start of a cell"
        : text.charAt(quote - 1) === this.#separator;
    this.#state = opens ? "in quotes" : "in a cell";
    if (opens) this.#opened = this.#length + quote - from;
  }

  #endRow(rows: CsvRow[]): void {
    const text = this.#pieces.length === 1 ? (this.#pieces[0] ?? "") : this.#pieces.join("");
    const [separator, line] = [this.#separator, this.#line];
    const lines = this.#opened < 0 ? [text] : text.split(LINE_END);
    if (this.#state === "broken") {
      this.#brokenLine ??=
        line + text.slice(0, Math.max(0, this.#opened)).split(LINE_END).length - 1;
      for (const [place, each] of lines.entries()) {
        const cells = (): readonly string[] => each.split(separator);
        if (each !== "") rows.push({ text: each, line: line + place, cells });
      }
    } else if (text !== "") rows.push({ text, line, cells: () => cellsOf(text, separator) });
    this.#line += lines.length;
    [this.#pieces, this.#length, this.#opened] = [[], 0, -1];
    this.#state = "at the start of a cell";
  }
}

const LINE_END = /\r\n|[\r\n]/;

/** Of a row whose quotes are whole. */
function cellsOf(row: string, separator: string): readonly string[] {
  if (!row.includes('"')) return row.split(separator);
  const cells: string[] = [];
  for (let at = 0; at <= row.length;) {
    const isQuoted = row.charAt(at) === '"';
    const close = isQuoted ? closingQuote(row, at) : at;
    const found = row.indexOf(separator, close);
    const end = found < 0 ? row.length : found;
    cells.push(isQuoted ? row.slice(at + 1, close).replaceAll('""', '"') : row.slice(at, end));
    at = end + 1;
  }
  return cells;
}

function closingQuote(row: string, open: number): number {
  let at = row.indexOf('"', open + 1);
  while (row.charAt(at + 1) === '"') at = row.indexOf('"', at + 2);
  return at;
}

/** All rows of a whole text. */
export function csvRows(text: string, separator?: string): readonly CsvRow[] {
  const reading = new CsvRows(separator);
  return [...reading.take(text), ...reading.end()];
}
