/** What a SQL Server knows beside rows: databases, the tables that somebody made in one of them, and tables of all connections. */
import { ServerError } from "./tds-server.ts";
import type { BatchAnswer, Client } from "./tds-server.ts";

export interface MadeTable {
  readonly name: string;
  readonly created: string;
  /** Since it was made. */
  readonly hours: number;
}

export interface ServerCatalog {
  /** The names of databases, and whether the user may use each. */
  readonly databases: Readonly<Record<string, boolean>>;
  /** In the database that tables are made in. */
  readonly tables: () => readonly MadeTable[];
  /** So many hours go by. */
  readonly age: (hours: number) => void;
  readonly make: (name: string) => void;
  /** Null for a batch that is about rows. */
  readonly answer: (batch: string, client: Client) => BatchAnswer | null;
  /** What a batch that was done has made or dropped. */
  readonly hear: (batch: string) => void;
}

type Answer = (found: readonly string[], client: Client) => BatchAnswer;

export function serverCatalog(databases: Readonly<Record<string, boolean>>): ServerCatalog {
  let tables: readonly MadeTable[] = [];
  let made = 0;
  const make = (name: string): void => {
    // No two at the same time.
    const created = new Date(Date.UTC(2026, 2, 10, 0, 0, made++)).toISOString().slice(0, 23);
    tables = [...tables, { name, created, hours: 0 }];
  };
  const ofAll = new Map<string, Client>();
  const isThere = (name: string): boolean => ofAll.get(name)?.isThere() === true;
  const answers: readonly (readonly [RegExp, Answer])[] = [
    [
      /HAS_DBACCESS\(N?'((?:[^']|'')*)'/,
      ([name = ""]) => {
        const isOpen = databases[name.replaceAll("''", "'")];
        return numbers("is_open", [isOpen === undefined ? null : Number(isOpen)]);
      },
    ],
    [
      /FROM sys\.databases/,
      () =>
        texts(
          ["name"],
          Object.keys(databases).map((name) => [name]),
        ),
    ],
    [
      /FROM \[[^\]]+\]\.sys\.tables/,
      () =>
        texts(
          ["name", "created", "hours"],
          tables.map(({ name, created, hours }) => [name, created, String(hours)]),
        ),
    ],
    [
      /CREATE TABLE ##(\w+)/,
      ([name = ""], client) => {
        if (isThere(name)) throw new ServerError(2714);
        ofAll.set(name, client);
        return {};
      },
    ],
    [
      /DROP TABLE IF EXISTS ##(\w+)/,
      ([name = ""]) => {
        ofAll.delete(name);
        return {};
      },
    ],
    [/OBJECT_ID\('tempdb\.\.##(\w+)'/, ([name = ""]) => numbers("id", [isThere(name) ? 1 : null])],
  ];
  return {
    databases,
    tables: () => tables,
    age: (hours) => {
      tables = tables.map((table) => ({ ...table, hours: table.hours + hours }));
    },
    make,
    answer: (batch, client) => {
      for (const [pattern, answer] of answers) {
        const found = pattern.exec(batch);
        if (found !== null) return answer(found.slice(1), client);
      }
      return null;
    },
    hear: (batch) => {
      const name = /\b(?:CREATE TABLE|(?<!INSERT )INTO) \[[^\]]+\]\.\.\[(\w+)\]/.exec(batch)?.[1];
      if (name !== undefined) make(name);
      const dropped = /DROP TABLE IF EXISTS \[[^\]]+\]\.\.\[(\w+)\]/.exec(batch)?.[1];
      tables = tables.filter((table) => table.name !== dropped);
    },
  };
}

function texts(names: readonly string[], rows: readonly (readonly string[])[]): BatchAnswer {
  return { columns: names.map((name) => ({ name, kind: "nvarchar" as const })), rows };
}

function numbers(name: string, row: readonly (number | null)[]): BatchAnswer {
  return { columns: [{ name, kind: "bigint" }], rows: [row] };
}
