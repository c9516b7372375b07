/** Rows of ours as a table, sent beside the statement that takes them. */
import { fromDayNumber } from "../../base/dates.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Cell, UploadedKind, UploadedTable } from "../database/session.ts";

const types: { readonly [K in UploadedKind]: Sql } = {
  int: sql`bigint`,
  real: sql`float8`,
  text: sql`text COLLATE "C"`,
  date: sql`date`,
};

/** The columns of such a table, as they are declared. */
export function declaredColumns(columns: UploadedTable["columns"]): Sql {
  return joinSql(
    Object.entries(columns).map(([name, kind]) => sql`${word(name)} ${types[kind]}`),
    ", ",
  );
}

export function dayText(day: number): string {
  return fromDayNumber(day);
}

/** Characters that are sent together. */
const PIECE = 65_536;

/** As COPY reads them: cells parted by tabs, rows by line breaks. */
export function* copyPieces({
  columns,
  rows,
}: Pick<UploadedTable, "columns" | "rows">): Generator<string> {
  const kinds = Object.values(columns);
  let piece = "";
  for (const row of rows) {
    piece += `${row.map((cell, place) => cellText(cell, kinds[place] ?? "text")).join("\t")}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

function cellText(cell: Cell, kind: UploadedKind): string {
  if (cell === null) return "\\N";
  if (kind === "date") return dayText(Number(cell));
  return String(cell).replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);
}
