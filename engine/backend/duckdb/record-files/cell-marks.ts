/** What is noted of cells while a column of records is decoded. */

/** Cells that do not hold what is declared. */
export interface WrongCells {
  /** Of the first, as a person counts it: the header is row 1. */
  readonly row: number;
  readonly isNullWord: boolean;
  cells: number;
}

/** What SQL Server writes where there is no value. */
export const NULL_WORD = "NULL";

export function markPresent(present: Uint8Array, place: number): void {
  present[place >> 3] = (present[place >> 3] ?? 0) | (1 << (place & 7));
}

export function noteWrong(
  column: { wrong: WrongCells | null },
  row: number,
  isNullWord: boolean,
): void {
  if (column.wrong === null) column.wrong = { row, isNullWord, cells: 1 };
  else column.wrong.cells++;
}
