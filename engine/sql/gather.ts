/**
 * Many tables of answers as few: a database takes the square of the joins of a statement, or worse, to think
 * about it, and every join holds all columns of those before it. So tables are joined some at a time into
 * wider ones, and those again.
 */
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import type { AnswerTable } from "./answer-tables.ts";
import { plainQuery } from "./query.ts";
import type { Query } from "./query.ts";

/** A table to keep before a query that reads it, and to discard after. */
export interface KeptTable {
  readonly name: string;
  readonly query: Query;
}

/** A query, and what must be kept before it, in order. */
export interface Prepared {
  readonly before: readonly KeptTable[];
  readonly query: Query;
}

export interface Bounds {
  /** More tables than this are not joined in one statement. */
  readonly joins: number;
  /** How many are joined into a wider one then. */
  readonly gathered: number;
  /** Columns that are worked out in one statement have so many at most, together. */
  readonly characters: number;
}

/**
 * Up to here one statement takes as little as several: bench/README.md, "Wide studies". Trino takes no statement of
 * more than 1,000,000 characters; what stands around the columns may need as many again.
 */
export const BOUNDS: Bounds = { joins: 16, gathered: 8, characters: 400_000 };

export interface Gathering {
  /** Patients as `p`, and `i.k` where each index date counts. */
  readonly from: Sql;
  /** What a row is told apart by, as shown. */
  readonly key: readonly Sql[];
  readonly keyed: AnswerTable["keyed"];
  readonly join: (table: AnswerTable) => Sql;
  readonly bounds: Bounds;
}

/** At most as many tables as one statement joins, with the same answers. */
export function gather(
  tables: readonly AnswerTable[],
  gathering: Gathering,
): { readonly before: readonly KeptTable[]; readonly tables: readonly AnswerTable[] } {
  const { joins, gathered } = gathering.bounds;
  const before: KeptTable[] = [];
  let left = tables;
  // The wider the tables, the fewer are joined at once.
  while (left.length > (before.length === 0 ? joins : gathered)) {
    left = inGroups(left, gathered).map((group) => {
      const [only, ...more] = group;
      if (only !== undefined && more.length === 0) return only;
      const wider = {
        name: `wide_${before.length + 1}`,
        keyed: gathering.keyed,
        answers: group.flatMap(({ answers }) => answers),
      };
      before.push({ name: wider.name, query: joined(group, gathering) });
      return wider;
    });
  }
  return { before, tables: left };
}

function joined(group: readonly AnswerTable[], { from, key, join }: Gathering): Query {
  const answers = group.flatMap((table) =>
    table.answers.map((name) => sql`${word(table.name)}.${word(name)}`),
  );
  return plainQuery(
    sql`SELECT ${joinSql([...key, ...answers], ", ")} FROM ${joinSql([from, ...group.map(join)], " ")}`,
  );
}

/** Of about the same size. */
function inGroups<T>(all: readonly T[], most: number): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / most);
  const from = (group: number): number => Math.floor((group * all.length) / count);
  return Array.from({ length: count }, (_, group) => all.slice(from(group), from(group + 1)));
}
