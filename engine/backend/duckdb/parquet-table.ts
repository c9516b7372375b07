/** A table in parquet files, read where they lie. */
import { problem } from "./problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { DuckDbError } from "../../duckdb/duckdb-error.ts";
import { accepts } from "../../schema/check-provider.ts";
import type { FoundColumn } from "../../schema/check-provider.ts";
import type { PhysicalTable } from "../../schema/physical-table.ts";
import { duckdb } from "../../sql/dialects/duckdb.ts";
import type { ListedTable } from "./record-files/list-record-files.ts";
import type { RecordFile } from "./record-files/read-record-file.ts";
import { kindOf, pinned } from "./source-table.ts";
import type { SourceTable } from "./source-table.ts";
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/** Files whose columns have the same names and types. */
interface Layout {
  readonly files: readonly RecordFile[];
  readonly columns: readonly FoundColumn[];
}

/** Problems of the table: those of its files, and record-file-damaged. */
export async function parquetTable(
  db: DuckDb,
  listed: ListedTable,
  { name, columns: declared }: { readonly name: string; readonly columns: PhysicalTable },
): Promise<SourceTable> {
  const problems: Problem[] = [...listed.problems];
  const layouts = new Map<string, Layout>();
  for (const file of problems.length > 0 ? [] : listed.files) {
    const columns = await columnsOf(db, file);
    if (columns === null) problems.push(damaged(file));
    else {
      const key = JSON.stringify(columns);
      const files = [...(layouts.get(key)?.files ?? []), file];
      layouts.set(key, { files, columns });
    }
  }
  const all = [...layouts.values()];
  let isMade = false;
  return {
    name,
    columns: problems.length > 0 ? everyColumn(declared) : foundColumns(all, declared),
    isExact: false,
    problems,
    make: async () => {
      if (isMade) return [];
      const parts = all.map(({ files, columns }) =>
        pinned(relationOf(files), columns, declared, all.length > 1),
      );
      await db.run(
        sql`CREATE OR REPLACE VIEW memory.main.${duckdb.quoteName(name)} AS ${joinSql(parts, " UNION ALL BY NAME ")}`,
      );
      isMade = true;
      return [];
    },
  };
}

function damaged({ shown }: RecordFile): Problem {
  return problem("record-file-damaged", { file: shown, format: "parquet" });
}

/** Each file is asked by itself: of several, DuckDB would make the later ones what the first is. */
export async function columnsOf(
  db: DuckDb,
  file: RecordFile,
): Promise<readonly FoundColumn[] | null> {
  try {
    const rows = await db.rows(sql`DESCRIBE SELECT * FROM ${relationOf([file])}`);
    return rows.map((row) => {
      const type = String(row["column_type"]);
      return { name: String(row["column_name"]), type, kind: kindOf(type) };
    });
  } catch (error) {
    if (error instanceof DuckDbError) return null;
    throw error;
  }
}

function relationOf(files: readonly RecordFile[]): Sql {
  return sql`read_parquet([${joinSql(
    files.map(({ path }) => duckdb.text(path)),
    ", ",
  )}], hive_partitioning = false)`;
}

function everyColumn(declared: PhysicalTable): readonly FoundColumn[] {
  return Object.entries(declared).map(([name, kind]) => ({ name, type: kind, kind }));
}

/** Columns that every layout has; of several types the one that the table may not have. */
function foundColumns(layouts: readonly Layout[], declared: PhysicalTable): readonly FoundColumn[] {
  const [first, ...others] = layouts;
  return (first?.columns ?? []).flatMap((column) => {
    const all = [column, ...others.map((layout) => columnNamed(layout, column.name))];
    const known = all.filter((each) => each !== null);
    if (known.length < all.length) return [];
    const wanted = kindDeclared(declared, column.name);
    const refused = known.find(({ kind }) => wanted !== null && !accepts[wanted].includes(kind));
    return [refused ?? column];
  });
}

function columnNamed({ columns, files }: Layout, name: string): FoundColumn | null {
  const found = columns.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) return null;
  const [file] = files;
  return file === undefined ? found : { ...found, type: `${found.type} in ${file.shown}` };
}

function kindDeclared(declared: PhysicalTable, name: string) {
  const entry = Object.entries(declared).find(
    ([each]) => each.toLowerCase() === name.toLowerCase(),
  );
  return entry?.[1] ?? null;
}
