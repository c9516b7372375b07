/** Texts of records that stand for days or numbers and hold something else: where a statement stopped. */
import { ProblemError, unreachable } from "../../base/problems.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { TableUse } from "../../schema/physical-needs.ts";
import { columnsOf, partsOf } from "../../schema/provision.ts";
import type { DayLayout, ReadText, Selection, Source } from "../../schema/provision.ts";
import { sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Records } from "./records.ts";

/** An error of the database as its problem, or as the texts that it comes from. Problem: record-text. */
export async function failForUses(
  records: Records,
  uses: readonly TableUse[],
  error: unknown,
  columns: readonly string[],
): Promise<never> {
  try {
    return records.fail(error, columns);
  } catch (told) {
    const wrong = await wrongTexts(records, uses, told);
    if (wrong.length > 0) throw new ProblemError(wrong);
    throw told;
  }
}

/** By table and column; nothing for an error that is not of a value, or where no such text is found. */
async function wrongTexts(
  records: Records,
  uses: readonly TableUse[],
  error: unknown,
): Promise<readonly Problem[]> {
  const isValue =
    error instanceof ProblemError && error.problems.some(({ code }) => code === "database-value");
  if (!isValue) return [];
  const found = new Map<string, Problem>();
  for (const { table, fields } of uses) {
    for (const selection of records.provider.provides[table] ?? []) {
      const read = ["patient_id", ...fields].flatMap((field) => selection.fields[field] ?? []);
      const { latest } = selection;
      for (const part of [...read, ...(latest === undefined ? [] : [latest])].flatMap(readTexts)) {
        const wrong = await wrongIn(records, selection, part);
        if (wrong !== null) found.set(wrong.message, wrong);
      }
    }
  }
  return [...found.values()];
}

/** Parts of a source that read a text as something else. */
function readTexts(source: Source): readonly ReadText[] {
  if (source.kind === "day-in-text" || source.kind === "number-in-text") return [source];
  if (source.kind === "number-in-hex") return [source];
  return partsOf(source).flatMap(readTexts);
}

async function wrongIn(
  { session, dialect, provider }: Records,
  { table: first, alias, joins = [] }: Selection,
  source: ReadText,
): Promise<Problem | null> {
  const [owner = "", column = ""] = columnsOf(source)[0] ?? [];
  const joined = joins.find((join) => join.alias === owner)?.table;
  const table = owner === alias ? first : joined;
  if (table === undefined) return null;
  const kind = provider.tables[table]?.[column] ?? "text";
  const named = (of: string, name: string): Sql => dialect.recordColumn(of, name, kind);
  const [row] = await session.rows(
    sql`SELECT count(*) AS n FROM ${dialect.recordTable(table)} ${word(owner)} WHERE ${dialect.unreadable(source, named)}`,
  );
  const rows = Number(row?.["n"]);
  return rows === 0
    ? null
    : problem("record-text", { table, column, rows, wanted: wantedOf(source) });
}

function wantedOf(source: ReadText): string {
  switch (source.kind) {
    case "number-in-text":
      return "numbers";
    case "number-in-hex":
      return "hashes of at least 16 hexadecimal digits";
    case "day-in-text":
      return DAYS[source.layout];
    default:
      return unreachable(source);
  }
}

const DAYS: { readonly [L in DayLayout]: string } = {
  iso: "days such as 2020-03-31",
  "day-first": "days such as 31/03/2020",
  "iso-or-day-first": "days such as 2020-03-31 or 31/03/2020",
  compact: "days such as 20200331",
};
