/**
 * Codelists as tables that are filled before any statement reads them: no statement grows with them, and no code is
 * SQL. Where tables are cheap each list has its own; where each costs a server its planning, all are in one.
 */
import type { PlanCodelist } from "../plan/model/cohort-plan.ts";
import { joinSql, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

export interface CodelistTables {
  /** What these lists, all that there are, need filled. */
  readonly tables: (lists: readonly PlanCodelist[]) => readonly CodesTable[];
  /** One list: a relation with `code` and `category`. */
  readonly one: (list: PlanCodelist) => Sql;
  /** Several lists: a query with `code`, and the number of its list as `n`. */
  readonly several: (lists: readonly PlanCodelist[]) => Sql;
}

export interface CodesTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, "int" | "text">>;
  /** In the order of the columns. */
  readonly rows: readonly (readonly (string | number)[])[];
}

type Place = (name: string) => Sql;

/** Each list is a table of its name. */
export function tableForEach(keptTable: Place): CodelistTables {
  return {
    tables: (lists) =>
      lists.map(({ name, codes, areNumbers = false }) => {
        const columns = { code: areNumbers ? "int" : "text", category: "text" } as const;
        const numbers = (): CodesTable["rows"] =>
          codes.map(([code, category]) => [Number(code), category] as const);
        return { name, columns, rows: areNumbers ? numbers() : codes };
      }),
    one: ({ name }) => keptTable(name),
    several: (lists) =>
      joinSql(
        lists.map(
          ({ name, number }) => sql`SELECT l.code, ${number} AS n FROM ${keptTable(name)} l`,
        ),
        " UNION ALL ",
      ),
  };
}

const TOGETHER = "codelists";

/** All lists are one table, told apart by their numbers. */
export function tableForAll(keptTable: Place): CodelistTables {
  const table = keptTable(TOGETHER);
  return {
    tables: (lists) => {
      if (lists.some(({ areNumbers }) => areNumbers)) throw new Error("codes that are numbers");
      const rows = lists.flatMap(({ number, codes }) => codes.map((pair) => [number, ...pair]));
      const columns = { list: "int", code: "text", category: "text" } as const;
      return lists.length === 0 ? [] : [{ name: TOGETHER, columns, rows }];
    },
    one: ({ number }) => sql`(SELECT a.code, a.category FROM ${table} a WHERE a.list = ${number})`,
    several: (lists) => {
      const numbers = joinSql(
        lists.map(({ number }) => sql`${number}`),
        ", ",
      );
      return sql`SELECT a.code, a.list AS n FROM ${table} a WHERE a.list IN (${numbers})`;
    },
  };
}
