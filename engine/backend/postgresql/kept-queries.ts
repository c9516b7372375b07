/**
 * Tables that are kept as what makes them, where no table may be made: each statement begins with those that it reads,
 * whether it reads them itself or through others. The database works them out anew for each statement.
 */
import { joinSql, literal, sql, trustedSql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Dialect } from "../../sql/dialects/dialect.ts";
import { querySql } from "../../sql/query.ts";
import type { UploadedKind, UploadedTable } from "../database/session.ts";
import { dayText } from "./upload.ts";

export interface KeptQueries {
  readonly keptTable: (name: string) => Sql;
  /** The dialect whose statements that keep, add to or discard a table are only remembered. */
  readonly remembering: (dialect: Dialect) => Dialect;
  /** Whether a statement was such a one, and is done. */
  readonly remember: (statement: Sql) => boolean;
  readonly upload: (table: UploadedTable) => void;
  readonly whole: (statement: Sql) => Sql;
}

const PREFIX = "cohortline_kept_";
const NAMES = /\bcohortline_kept_([A-Za-z0-9_]+)/g;

export function keptQueries(): KeptQueries {
  const kept = new Map<string, readonly Sql[]>();
  const actions = new WeakMap<Sql, () => void>();
  const keptTable = (name: string): Sql => word(`${PREFIX}${name}`);
  /** Said for whoever looks at it, never to the server. */
  const remembered = (what: Sql, act: () => void): Sql => {
    actions.set(what, act);
    return what;
  };
  return {
    keptTable,
    remembering: (dialect) => ({
      ...dialect,
      keep: (name, query) =>
        remembered(sql`${keptTable(name)} AS (${querySql(query)})`, () => {
          kept.set(name, [querySql(query)]);
        }),
      append: (name, query) =>
        remembered(sql`${keptTable(name)} UNION ALL ${querySql(query)}`, () => {
          kept.set(name, [...(kept.get(name) ?? []), querySql(query)]);
        }),
      keepCodes: ({ name, columns }) =>
        remembered(sql`${keptTable(name)}`, () => {
          kept.set(name, [valuesOf(columns, [])]);
        }),
      discard: (name) =>
        remembered(sql`without ${keptTable(name)}`, () => {
          kept.delete(name);
        }),
    }),
    remember: (statement) => {
      const act = actions.get(statement);
      act?.();
      return act !== undefined;
    },
    upload: ({ name, columns, rows }) => {
      kept.set(name, [valuesOf(columns, rows)]);
    },
    whole: (statement) => withKept(statement, kept, keptTable),
  };
}

function withKept(
  statement: Sql,
  kept: ReadonlyMap<string, readonly Sql[]>,
  keptTable: (name: string) => Sql,
): Sql {
  const needed = new Map<string, Sql>();
  const need = (text: string): void => {
    for (const [, name = ""] of text.matchAll(NAMES)) {
      const parts = kept.get(name);
      if (parts === undefined || needed.has(name)) continue;
      // Those that it reads come before it.
      for (const part of parts) need(String(part));
      const query = joinSql(
        parts.map((part) => sql`(${part})`),
        " UNION ALL ",
      );
      needed.set(name, sql`${keptTable(name)} AS (${query})`);
    }
  };
  const text = String(statement);
  need(text);
  if (needed.size === 0) return statement;
  const first = joinSql([...needed.values()], ",\n");
  return text.startsWith("WITH ")
    ? sql`WITH ${first},\n${trustedSql(text.slice("WITH ".length))}`
    : sql`WITH ${first}\n${statement}`;
}

const types: { readonly [K in UploadedKind]: Sql } = {
  int: sql`bigint`,
  real: sql`float8`,
  text: sql`text`,
  date: sql`date`,
};

/** A list of texts for each column, which the server takes apart: no statement grows by more than its texts. */
function valuesOf(columns: UploadedTable["columns"], rows: UploadedTable["rows"]): Sql {
  const all = [...rows];
  const names = Object.keys(columns);
  const lists = Object.values(columns).map((kind, place) => {
    const cells = all.map((row) => {
      const cell = row[place] ?? null;
      if (cell === null) return sql`NULL`;
      return literal(kind === "date" ? dayText(Number(cell)) : String(cell));
    });
    return sql`CAST(ARRAY[${joinSql(cells, ", ")}] AS ${types[kind]}[])`;
  });
  const shown = Object.entries(columns).map(([name, kind]) =>
    kind === "text" ? sql`(u.${word(name)} COLLATE "C") AS ${word(name)}` : sql`u.${word(name)}`,
  );
  return sql`SELECT ${joinSql(shown, ", ")} FROM unnest(${joinSql(lists, ", ")}) AS u(${joinSql(names.map(word), ", ")})`;
}
