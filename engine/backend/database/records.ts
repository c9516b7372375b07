/** Health records in an opened database: all that differs between kinds of databases. */
import type { Problem } from "../../base/problems.ts";
import type { FoundTables } from "../../schema/check-provider.ts";
import type { TableUse } from "../../schema/physical-needs.ts";
import type { Provider } from "../../schema/provision.ts";
import type { Dialect } from "../../sql/dialects/dialect.ts";
import type { WordType } from "../../sql/render-words.ts";
import type { Sql } from "../../text/sql.ts";
import type { Results } from "./results.ts";
import type { Session } from "./session.ts";

/**
 * Opens the records that a URL names; paths in it begin in the workspace. Problems: those of the URL, of
 * connecting, and of what the database holds. No problem, log or plan repeats the URL.
 */
export type OpenRecords = (url: string, workspace: string, outside: Outside) => Promise<Records>;

/** What a kind of database may know besides its URL. */
export interface Outside {
  /** Where secrets can be that no command line shows. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Hears of what goes on, such as each try to reach a server. */
  readonly note: (text: string) => void;
  /** A database of the same server that the user may write to: finished cohorts can be kept there. */
  readonly tempDatabase?: string | null;
}

/** Without an option of the URL that says otherwise. */
export const PATIENTS_AT_ONCE = 1_000_000;

export interface Records {
  readonly session: Session;
  readonly dialect: Dialect;
  /** Which tables the records stand in. */
  readonly provider: Provider;
  /** As the URL says. */
  readonly includeOptedOut: boolean;
  /** How many patients are worked on at once; no result depends on it. */
  readonly patientsAtOnce: number;
  /** The provider's tables that are there. */
  readonly tables: FoundTables;
  /** What to know about the data, though they can answer. */
  readonly warnings: readonly Problem[];
  /** Changes when the records could; null where that cannot be known. */
  readonly version: () => Promise<string | null>;
  /**
   * Afterwards the tables and columns that these uses need can be asked for under their names. Problems, all
   * of them: what `checkProvider` finds, and values that are not as declared.
   */
  readonly ready: (uses: readonly TableUse[]) => Promise<void>;
  /**
   * Tells what an error means to the person who runs a study; `columns` are those that the statement was at
   * work for. A ProblemError stays; what neither the data nor the machine can cause is a bug. The text of the
   * database is never told: it quotes values.
   */
  readonly fail: (error: unknown, columns: readonly string[]) => never;
  /** How texts leave the database as numbers; null where they leave as texts. */
  readonly numbering: TextNumbering | null;
  /** How many rows the database expects of a query; null where it does not tell. */
  readonly expectedRows: ((query: Sql) => Promise<number>) | null;
  /** `per-date` where nothing is kept from one index date to the next, whatever is asked for. */
  readonly evaluates?: "as-asked" | "per-date";
  /**
   * Where finished cohorts outlive the connection, those of a fingerprint that tells all they depend on but the records;
   * absent where nobody says such a place.
   */
  readonly results?: (fingerprint: string) => Promise<Results>;
  /**
   * Drops what runs that died have left in the database, and gives its names; absent where the database forgets it by
   * itself.
   */
  readonly sweep?: () => Promise<readonly string[]>;
}

/** So that a text that stands in many rows leaves the database, and is made, once. */
export interface TextNumbering {
  /** Numbers the different texts of a query's column `word`; null, and no text has left, where there are more than `most`. */
  readonly number: (name: string, query: Sql, most: number) => Promise<NumberedTexts | null>;
  /** Forgets all that was numbered. */
  readonly forget: () => Promise<void>;
}

export interface NumberedTexts {
  readonly type: WordType;
  /** In the order of their numbers, from 0. */
  readonly texts: readonly string[];
}
