/** Rows of csv files put into a table of the database in memory, with as little in JavaScript as can be. */
import type { Problem } from "../../base/problems.ts";
import type { ColumnAppender } from "../../duckdb/column-appender.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { withKinds } from "../../duckdb/duckdb-error.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import { duckdb, duckDbTypes } from "../../sql/dialects/duckdb.ts";
import { BLOCK_ROWS, readRecordFile } from "./record-files/read-record-file.ts";
import type { RecordFile } from "./record-files/read-record-file.ts";
import { recordColumn } from "./record-files/record-column.ts";
import type { RecordColumn } from "./record-files/column-decoder.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

export interface CsvTable {
  readonly name: string;
  /** By the names in the headers, in any letter case. */
  readonly columns: readonly { readonly name: string; readonly kind: PhysicalKind }[];
  readonly files: readonly RecordFile[];
}

/** Rows that wait as numbers of words before they become texts. */
const ROWS_AT_ONCE = 1 << 19;
/** So many different texts of a column are in memory at most, and those of one block. */
const WORDS_AT_ONCE = 1 << 17;

/**
 * Replaces the table if there is one. Gives what is wrong with the files, all of them; the table is then of
 * no use.
 */
export async function loadCsv(db: DuckDb, table: CsvTable): Promise<readonly Problem[]> {
  const columns = table.columns.map(({ name, kind }) => recordColumn(name, kind, BLOCK_ROWS));
  const target = targetOf(table);
  await db.run(sql`DROP TABLE IF EXISTS ${target.name}`);
  await db.run(sql`CREATE TABLE ${target.name} (${target.declared})`);
  const load = columns.some(({ words }) => words !== null)
    ? stagedLoad(db, target.name, columns)
    : directLoad(db, table.name, columns);
  const problems: Problem[] = [];
  for (const file of table.files) {
    const wrong = await readRecordFile(file, columns, (rows) => load.append(rows));
    problems.push(...wrong);
  }
  await load.end();
  return problems;
}

interface Target {
  readonly name: Sql;
  readonly declared: Sql;
}

function targetOf({ name, columns }: CsvTable): Target {
  const declared = columns.map(
    (column) => sql`${duckdb.quoteName(column.name)} ${duckDbTypes[column.kind]}`,
  );
  return {
    name: sql`memory.main.${duckdb.quoteName(name)}`,
    declared: declared.length === 0 ? sql`none INTEGER` : joinSql(declared, ", "),
  };
}

interface Load {
  readonly append: (rows: number) => Promise<void>;
  readonly end: () => Promise<void>;
}

function appenderTo(
  db: DuckDb,
  table: string,
  columns: readonly RecordColumn[],
): Promise<ColumnAppender> {
  const types = columns.map(({ type }) => type);
  return db.columnAppender({ catalog: "memory", table }, types);
}

function directLoad(db: DuckDb, table: string, columns: readonly RecordColumn[]): Load {
  let appender: Promise<ColumnAppender> | null = null;
  return {
    append: async (rows) => {
      const to = await (appender ??= appenderTo(db, table, columns));
      await withKinds(() => {
        to.appendPresent(columns, rows);
      });
    },
    end: async () => (await appender)?.close(),
  };
}

const STAGED = "staged_rows";

/** Texts wait as numbers of their words; a join makes them texts, many rows at a time. */
function stagedLoad(db: DuckDb, target: Sql, columns: readonly RecordColumn[]): Load {
  let appender: ColumnAppender | null = null;
  let waiting = 0;
  const flush = async (): Promise<void> => {
    if (appender === null) return;
    const closing = appender;
    appender = null;
    waiting = 0;
    await withKinds(() => {
      closing.close();
    });
    await db.run(await spelledOut(db, target, columns));
    for (const { words } of columns) words?.forget();
  };
  return {
    append: async (rows) => {
      if (appender === null) {
        const declared = joinSql(
          columns.map(({ type }, i) => sql`${word(`c${i}`)} ${word(type)}`),
          ", ",
        );
        await db.run(sql`CREATE OR REPLACE TABLE memory.main.${word(STAGED)} (${declared})`);
        appender = await appenderTo(db, STAGED, columns);
      }
      const to = appender;
      await withKinds(() => {
        to.appendPresent(columns, rows);
      });
      waiting += rows;
      const isFull = columns.some(({ words }) => (words?.texts().length ?? 0) > WORDS_AT_ONCE);
      if (isFull || waiting >= ROWS_AT_ONCE) await flush();
    },
    end: async () => {
      await flush();
      await db.run(sql`DROP TABLE IF EXISTS memory.main.${word(STAGED)}`);
    },
  };
}

async function spelledOut(db: DuckDb, target: Sql, columns: readonly RecordColumn[]): Promise<Sql> {
  const selected: Sql[] = [];
  const joins: Sql[] = [];
  for (const [i, { words }] of columns.entries()) {
    const [value, texts] = [word(`c${i}`), word(`w${i}`)];
    selected.push(words === null ? sql`s.${value}` : sql`${texts}.word`);
    if (words === null) continue;
    await keepWords(db, `words_${i}`, words.texts());
    joins.push(sql`LEFT JOIN ${word(`words_${i}`)} ${texts} ON ${texts}.place = s.${value}`);
  }
  return sql`INSERT INTO ${target} SELECT ${joinSql(selected, ", ")} FROM memory.main.${word(STAGED)} s ${joinSql(joins, " ")}`;
}

async function keepWords(db: DuckDb, table: string, words: readonly string[]): Promise<void> {
  await db.run(sql`CREATE OR REPLACE TEMP TABLE ${word(table)} (place UINTEGER, word VARCHAR)`);
  await db.append(table, ["UINTEGER", "VARCHAR"], words.entries());
}
