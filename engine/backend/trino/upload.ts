/**
 * Rows of ours as a table: texts that hold a column each, taken apart by the server. Values written out one by one
 * would cost the server's planner a second or more for each thousand.
 */
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Cell, UploadedKind, UploadedTable } from "../database/session.ts";

/** A statement may have 1,000,000 characters; quotes are doubled. */
const MOST_CHARACTERS = 900_000;

const types: { readonly [K in UploadedKind]: Sql } = {
  int: sql`BIGINT`,
  real: sql`DOUBLE`,
  text: sql`VARCHAR`,
  date: sql`DATE`,
};

export interface UploadTo {
  readonly table: Sql;
  readonly text: (value: string) => Sql;
}

/** A table with columns besides that hold one text in every row. */
export interface TableAndTexts extends UploadedTable {
  readonly texts?: Readonly<Record<string, string>>;
}

/** In order: one makes the table, the others fill it. */
export function* uploadStatements(
  { columns, rows, texts = {} }: Omit<TableAndTexts, "name">,
  { table, text }: UploadTo,
): Generator<Sql> {
  const names = Object.keys(columns);
  const kinds = Object.values(columns);
  const declared = names.map((name, i) => sql`${word(name)} ${types[kinds[i] ?? "text"]}`);
  const same = Object.entries(texts);
  const all = [...declared, ...same.map(([name]) => sql`${word(name)} VARCHAR`)];
  yield sql`CREATE TABLE ${table} (${joinSql(all, ", ")})`;
  const constants = same.map(([, value]) => text(value));
  for (const part of parts(rows, text)) yield insert(part, { kinds, constants }, { table, text });
}

function* parts(rows: UploadedTable["rows"], text: UploadTo["text"]) {
  let part: (readonly Cell[])[] = [];
  let size = 0;
  for (const row of rows) {
    const length = row.reduce((sum: number, cell) => sum + lengthOf(cell, text) + 1, 0);
    if (size + length > MOST_CHARACTERS && part.length > 0) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(row);
    size += length;
  }
  if (part.length > 0) yield part;
}

function lengthOf(cell: Cell, text: UploadTo["text"]): number {
  return typeof cell === "string" ? String(text(cell)).length : 24;
}

function insert(
  rows: readonly (readonly Cell[])[],
  {
    kinds,
    constants,
  }: { readonly kinds: readonly UploadedKind[]; readonly constants: readonly Sql[] },
  { table, text }: UploadTo,
): Sql {
  const [between, none] = freeCharacters(rows);
  const lists = kinds.map((_, place) => {
    const cells = rows.map((row) => String(row[place] ?? none));
    return sql`split(${text(cells.join(between))}, ${text(between)})`;
  });
  const names = kinds.map((_, place) => word(`c${place}`));
  const values = kinds.map((kind, place) => valueOf(kind, sql`nullif(u.c${place}, ${text(none)})`));
  return sql`INSERT INTO ${table} SELECT ${joinSql([...values, ...constants], ", ")} FROM UNNEST(${joinSql(lists, ", ")}) AS u(${joinSql(names, ", ")})`;
}

function valueOf(kind: UploadedKind, of: Sql): Sql {
  if (kind === "text") return of;
  if (kind === "date") return sql`date_add('day', CAST(${of} AS INTEGER), DATE '1970-01-01')`;
  return sql`CAST(${of} AS ${types[kind]})`;
}

/** Two that no text of these rows holds, the first to part cells and the second for a missing one. */
function freeCharacters(rows: readonly (readonly Cell[])[]): readonly [string, string] {
  const held = new Set<string>();
  for (const row of rows)
    for (const cell of row) if (typeof cell === "string") for (const each of cell) held.add(each);
  const free: string[] = [];
  for (const each of candidates()) {
    if (!held.has(each)) free.push(each);
    if (free.length === 2) break;
  }
  const [between, none] = free;
  if (between === undefined || none === undefined) throw new Error("no character is free");
  return [between, none];
}

/** What people write seldom, then what is left below the surrogates; digits, signs and points stand for numbers. */
function* candidates(): Generator<string> {
  yield* "|~^\u001f\u001e\u001d\u001c";
  for (let code = 0x100; code < 0xd800; code++) yield String.fromCharCode(code);
}
