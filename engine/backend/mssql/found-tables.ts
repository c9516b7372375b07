/** The tables that a database has, and the kinds of their columns. */
import type { FoundColumn, FoundTables } from "../../schema/check-provider.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import { quoteName } from "../../sql/dialects/mssql-text.ts";
import { sql } from "../../text/sql.ts";
import type { Session, SmallRow } from "../database/session.ts";
import { isOtherCodePage } from "./other-code-pages.ts";

export interface FoundRecords {
  readonly tables: FoundTables;
  /** Names of text columns whose code page is not the one of our texts, in lower case. */
  readonly otherCodePages: ReadonlySet<string>;
}

const DESCRIBED = sql`c.TABLE_NAME AS t, c.COLUMN_NAME AS c, c.DATA_TYPE AS d, CAST(COLLATIONPROPERTY(c.COLLATION_NAME, 'CodePage') AS int) AS p`;
const IN_ORDER = sql`ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION`;

/** Those that a name without a schema finds: of the user's own schema, and of dbo. */
export async function foundRecords({ rows }: Pick<Session, "rows">): Promise<FoundRecords> {
  return foundIn(
    await rows(
      sql`SELECT ${DESCRIBED} FROM INFORMATION_SCHEMA.COLUMNS c WHERE c.TABLE_SCHEMA IN ('dbo', SCHEMA_NAME()) ${IN_ORDER}`,
    ),
  );
}

/** A table of another database of the server; nothing where it is not there. */
export async function foundElsewhere(
  { rows }: Pick<Session, "rows">,
  { database, table }: { readonly database: string; readonly table: string },
): Promise<FoundRecords> {
  const found = await rows(
    sql`SELECT ${DESCRIBED} FROM ${quoteName(database)}.INFORMATION_SCHEMA.COLUMNS c WHERE c.TABLE_NAME = ${table} ${IN_ORDER}`,
  );
  return foundIn(found.filter(({ t }) => String(t).toLowerCase() === table.toLowerCase()));
}

function foundIn(found: readonly SmallRow[]): FoundRecords {
  const tables = new Map<string, FoundColumn[]>();
  const otherCodePages = new Set<string>();
  for (const { t, c, d, p = null } of found) {
    const [name, type] = [String(t).toLowerCase(), String(d)];
    const columns = tables.get(name) ?? [];
    columns.push({ name: String(c), type, kind: kindOf(type) });
    tables.set(name, columns);
    if (isOtherCodePage(type, p === null ? null : Number(p)))
      otherCodePages.add(String(c).toLowerCase());
  }
  return { tables, otherCodePages };
}

const kinds: Readonly<Record<string, PhysicalKind>> = {
  ...{ tinyint: "int", smallint: "int", int: "int", bigint: "int" },
  ...{ real: "real", float: "real", decimal: "real", numeric: "real" },
  bit: "bit",
  ...{ char: "text", varchar: "text", nchar: "text", nvarchar: "text" },
  date: "date",
  ...{ datetime: "datetime", datetime2: "datetime", smalldatetime: "datetime" },
};

/** The kind of record column that a type holds; null for a type that none has. */
export function kindOf(type: string): PhysicalKind | null {
  return Object.hasOwn(kinds, type) ? (kinds[type] ?? null) : null;
}
