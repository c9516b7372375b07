/** Rows of ours as a temporary table, filled without a statement that holds them. */
import { unreachable } from "../../base/problems.ts";
import { textType } from "../../sql/dialects/mssql-text.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Cell, UploadedKind, UploadedTable } from "../database/session.ts";
import type { Load } from "./connection.ts";

interface Column {
  readonly name: string;
  readonly kind: UploadedKind;
  readonly texts: readonly string[];
}

export interface Upload {
  readonly create: Sql;
  readonly load: Load;
}

export function uploadOf({ name, columns, rows }: UploadedTable): Upload {
  const all = [...rows];
  const described = Object.entries(columns).map(([column, kind], i): Column => {
    const texts = kind === "text" ? all.map((row) => String(row[i] ?? "")) : [];
    return { name: column, kind, texts };
  });
  const declared = described.map((column) => sql`${word(column.name)} ${typeOf(column)}`);
  return {
    create: sql`CREATE TABLE #${word(name)} (${joinSql(declared, ", ")})`,
    load: {
      table: `#${name}`,
      columns: described.map((column) => ({ name: column.name, ...loadedAs(column) })),
      rows: valuesOf(all, described),
    },
  };
}

function* valuesOf(rows: readonly (readonly Cell[])[], columns: readonly Column[]) {
  for (const row of rows) yield row.map((cell, i) => valueOf(cell, columns[i]?.kind ?? "text"));
}

const DAY = 86_400_000;

function valueOf(cell: Cell, kind: UploadedKind): unknown {
  if (cell === null || kind !== "date") return cell;
  return new Date(Number(cell) * DAY);
}

function typeOf({ kind, texts }: Column): Sql {
  switch (kind) {
    case "int":
      return sql`bigint`;
    case "real":
      return sql`float`;
    case "date":
      return sql`date`;
    case "text":
      return textType(texts);
    default:
      return unreachable(kind);
  }
}

type Loaded = Omit<Load["columns"][number], "name">;

function loadedAs({ kind, texts }: Column): Loaded {
  switch (kind) {
    case "int":
      return { type: "BigInt" };
    case "real":
      return { type: "Float" };
    case "date":
      return { type: "Date" };
    case "text": {
      // The driver takes texts of a code page apart; what it sends wide is read as it is.
      const length = texts.reduce((longest, text) => Math.max(longest, text.length), 1);
      return { type: "NVarChar", length };
    }
    default:
      return unreachable(kind);
  }
}
