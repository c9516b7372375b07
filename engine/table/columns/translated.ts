/**
 * Codes of a file made codes of a dictionary. The loops see nothing but arrays of numbers, so that each is
 * compiled once for all columns, files and formats; what is met for the first time is the caller's.
 */

/** In a list of codes: this one was not met yet. */
export const NOT_SEEN = -1;

/** The first row that is not done yet, and the number of rows. */
export interface RowsLeft {
  readonly row: number;
  readonly rows: number;
}

/**
 * Puts `known[code + 1]` for each code `from` has (missing is -1) into `to`, up to a row whose code is not known
 * yet; gives that row, or the number of rows.
 */
export function translated(
  from: Int32Array,
  known: Int32Array,
  to: Uint32Array,
  { row, rows }: RowsLeft,
): number {
  const { length } = known;
  for (let at = row; at < rows; at++) {
    const place = (from[at] ?? 0) + 1;
    const code = place >= 0 && place < length ? (known[place] ?? NOT_SEEN) : NOT_SEEN;
    if (code === NOT_SEEN) return at;
    to[at] = code;
  }
  return rows;
}

/** As `translated`, for whole numbers from 0 on, which are their own places. */
export function translatedNumbers(
  from: Float64Array,
  known: Int32Array,
  to: Uint32Array,
  { row, rows }: RowsLeft,
): number {
  const { length } = known;
  for (let at = row; at < rows; at++) {
    const number = from[at] ?? NaN;
    const place = number | 0;
    if (place !== number || place < 0 || place >= length) return at;
    const code = known[place] ?? NOT_SEEN;
    if (code === NOT_SEEN) return at;
    to[at] = code;
  }
  return rows;
}
