/**
 * The one door to DuckDB: open, run, read. The library is loaded when a database is first opened, so
 * that commands which need none start at once.
 */
import type { Config, Connection, Database } from "@duckdb/node-bindings";
import { appendRows } from "./append-rows.ts";
import type { Cell, CellType } from "./append-rows.ts";
import { columnAppender } from "./column-appender.ts";
import type { AppendTo, ColumnAppender, RawType } from "./column-appender.ts";
import { columnChunks } from "./column-chunk.ts";
import type { ColumnChunk } from "./column-chunk.ts";
import { withKinds } from "./duckdb-error.ts";
import { duckDbBindings, duckDbLibrary } from "./library.ts";
import { runInBackground } from "./run-in-background.ts";
import { joinSql, literal, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

export interface DuckDbOptions {
  /** Absent = in memory. */
  readonly path?: string;
  readonly readOnly?: boolean;
  readonly threads?: number;
  /** As DuckDB writes it: "2GiB". */
  readonly memoryLimit?: string;
  /** Where work that does not fit in memory goes; absent = beside the database. */
  readonly temporaryFolder?: string;
  /**
   * Folders that statements may read and write below, and nothing else; for databases that others made,
   * whose views are statements too. Absent = all that the user may.
   */
  readonly reach?: readonly string[];
  /** Settings of DuckDB by name, besides. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Values of a small result, as JavaScript has them; 64-bit numbers as bigint. */
export type SmallRow = Readonly<Record<string, unknown>>;

export interface DuckDb {
  /** Runs one or more statements; the result of the last is dropped. */
  run(statement: Sql): Promise<void>;
  /** Runs one statement by DuckDB's own threads, one fewer than `threads`, while the caller sleeps. */
  work(statement: Sql): Promise<void>;
  /** All rows of a small result. */
  rows(statement: Sql): Promise<readonly SmallRow[]>;
  /** A large result, piece by piece, each column as one typed array. */
  chunks(statement: Sql): AsyncIterable<ColumnChunk>;
  /** Begins a statement at once; its pieces can be read when it has ended. */
  begin(statement: Sql): Promise<AsyncIterable<ColumnChunk>>;
  /** Adds rows to a temporary table of this connection, which has one column of each type, in that order. */
  append(table: string, types: readonly CellType[], rows: Iterable<readonly Cell[]>): Promise<void>;
  /** The same for whole columns of numbers at a time. */
  columnAppender(table: AppendTo, types: readonly RawType[]): Promise<ColumnAppender>;
  /** A further connection to the same database, with temporary tables of its own. */
  connect(): Promise<DuckDb>;
  /** Ends the statement that runs, if one does. */
  interrupt(): void;
  /** Closes the connection; the one that opened the database closes that as well. */
  close(): void;
}

/**
 * Opens a database. No extension is fetched or loaded, days are those of UTC whatever the machine's zone, and
 * no statement can change that. Errors are a `DuckDbError`; who calls knows what they mean.
 */
export async function openDuckDb(options: DuckDbOptions = {}): Promise<DuckDb> {
  const bindings = duckDbBindings();
  const database = await withKinds(() =>
    bindings.open(options.path ?? ":memory:", configuration(options)),
  );
  const closeDatabase = (): void => {
    bindings.close_sync(database);
  };
  try {
    const db = connected(database, await bindings.connect(database), closeDatabase);
    for (const statement of confinement(options)) await db.run(statement);
    return db;
  } catch (error) {
    closeDatabase();
    throw error;
  }
}

function configuration(options: DuckDbOptions): Config {
  const { readOnly, threads, memoryLimit, temporaryFolder } = options;
  const settings = {
    errors_as_json: "true",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    allow_unsigned_extensions: "false",
    allow_persistent_secrets: "false",
    ...(readOnly === true ? { access_mode: "READ_ONLY" } : {}),
    ...(threads === undefined ? {} : { threads: String(threads) }),
    ...(memoryLimit === undefined ? {} : { memory_limit: memoryLimit }),
    ...(temporaryFolder === undefined ? {} : { temp_directory: temporaryFolder }),
    ...options.settings,
  };
  const bindings = duckDbBindings();
  const config = bindings.create_config();
  for (const [name, value] of Object.entries(settings)) bindings.set_config(config, name, value);
  return config;
}

/** Global, so that every connection has them; the last statement makes them final. */
function confinement({ reach }: DuckDbOptions): readonly Sql[] {
  const confined =
    reach === undefined
      ? []
      : [
          sql`SET GLOBAL allowed_directories = [${joinSql(reach.map(literal), ", ")}]`,
          sql`SET GLOBAL enable_external_access = false`,
        ];
  return [sql`SET GLOBAL TimeZone = 'UTC'`, ...confined, sql`SET GLOBAL lock_configuration = true`];
}

/** The connection is the bindings' own, which `work` needs; all else is the library's. */
function connected(database: Database, handle: Connection, afterwards: () => void): DuckDb {
  const connection = new (duckDbLibrary().DuckDBConnection)(handle);
  return {
    run: (statement) =>
      withKinds(async () => {
        await connection.run(String(statement));
      }),
    work: (statement) => runInBackground(handle, String(statement)),
    rows: (statement) =>
      withKinds(async () => (await connection.runAndReadAll(String(statement))).getRowObjectsJS()),
    chunks: (statement) => columnChunks(() => connection.stream(String(statement))),
    begin: async (statement) => {
      const result = await withKinds(() => connection.run(String(statement)));
      return columnChunks(() => Promise.resolve(result));
    },
    append: (table, types, rows) => appendRows(connection, table, { types, rows }),
    columnAppender: (table, types) => columnAppender(connection, table, types),
    connect: async () =>
      connected(database, await duckDbBindings().connect(database), () => undefined),
    interrupt: () => {
      connection.interrupt();
    },
    close: () => {
      connection.closeSync();
      afterwards();
    },
  };
}
