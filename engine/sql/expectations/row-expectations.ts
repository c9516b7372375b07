/** What is made of rows and groups. */
import { isoDateOf } from "../../base/dates.ts";
import type { AggregateCall, Dialect, RowPicks } from "../dialects/dialect.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { lines } from "./expected.ts";
import type { Line } from "./expected.ts";
import type { Expectations } from "./expected.ts";

/** The second and third stand at the same moment; the last has none. */
const rows = (d: Dialect): Sql => {
  const day = (text: string): Sql => d.day(isoDateOf(text));
  return d.rowsOf(
    [
      [day("2020-01-02"), sql`2`, d.text("b"), sql`1`],
      [day("2020-01-02"), sql`1`, d.text("a"), sql`4`],
      [day("2020-01-01"), sql`9`, d.text("c"), sql`0`],
      [d.missing("date"), sql`5`, d.text("d"), sql`4`],
    ],
    ["d", "id", "x", "bits"],
  );
};

const number = (from: number, until: number) => [sql`${from}`, sql`${until}`];

export const rowExpectations = {
  aggregate: (d) => {
    const over = (call: AggregateCall, of: Sql | null, when: Sql | null): Sql =>
      sql`(SELECT ${d.aggregate(call, of, when)} FROM ${rows(d)})`;
    const count: AggregateCall = (of) => sql`count(${of})`;
    return lines(
      [over(count, null, null), 4],
      [over(count, null, sql`v.id > 4`), 2],
      [over(count, sql`v.d`, sql`v.id > 4`), 1],
      [over((of) => sql`max(${of})`, sql`v.id`, sql`v.id > 10`), null],
    );
  },
  bits: (d) => {
    const { bits } = d;
    if (bits === null) return lines();
    const has = (bit: number): Sql =>
      sql`(SELECT ${bits.has(sql`g.b`, bit)} FROM (SELECT ${bits.any(sql`v.bits`)} AS b FROM ${rows(d)}) g)`;
    const high = sql`(SELECT ${bits.has(sql`q.b`, 2 ** 49)} FROM (SELECT ${d.integer(2 ** 49)} AS b) q)`;
    return lines([has(1), 1], [has(2), null], [has(4), 1], [high, 1]);
  },
  picks: (d) => {
    const { picks } = d;
    if (picks.kind === "ranked") {
      const flag = (value: boolean): Sql => d.source({ kind: "flag", value }, () => sql``);
      const flags = d.rowsOf([[flag(false)], [d.missing("bit")]], ["f"]);
      const isTrue = sql`CASE WHEN ${d.isTrue(sql`g.f`)} THEN 1 ELSE 0 END`;
      const only = (of: Sql): Sql => sql`(SELECT ${picks.only(of, false)} FROM ${rows(d)})`;
      return lines(
        [only(sql`CASE WHEN v.id = 1 THEN v.x END`), "a"],
        [only(sql`CASE WHEN v.id = 1 THEN v.d END`), "2020-01-02"],
        [only(sql`CASE WHEN v.id = 7 THEN v.x END`), null],
        [
          sql`(SELECT ${isTrue} FROM (SELECT ${picks.only(sql`v.f`, true)} AS f FROM ${flags}) g)`,
          0,
        ],
      );
    }
    return lines(...pickedRows(d, picks), ...carriedValues(d, picks));
  },
  repeated: (d) => {
    const given = d.rowsOf([number(0, 3), number(5, 6), number(4, 4)], ["from_k", "until_k"]);
    const range = { from: sql`from_k`, until: sql`until_k`, below: 6 };
    const each = sql`${d.repeated(sql`(SELECT * FROM ${given})`, range)} r`;
    return lines(
      [sql`(SELECT count(*) FROM ${each})`, 4],
      [sql`(SELECT sum(r.k) FROM ${each})`, 8],
      [sql`(SELECT max(r.k) FROM ${each} WHERE r.from_k = 0)`, 2],
    );
  },
  ordered: (d) => {
    const first = (descending: boolean): Sql => {
      const order = sql`${d.ordered(sql`v.d`, descending)}, v.id`;
      const numbered = sql`SELECT v.x, row_number() OVER (ORDER BY ${order}) AS n FROM ${rows(d)}`;
      return sql`(SELECT q.x FROM (${numbered}) q WHERE q.n = 1)`;
    };
    return lines([first(false), "d"], [first(true), "a"]);
  },
  rowsOf: (d) => lines([sql`(SELECT count(*) FROM ${rows(d)} WHERE v.d IS NULL)`, 1]),
} as const satisfies Partial<Expectations>;

function pickedRows(d: Dialect, { pick, member }: RowPicks): readonly Line[] {
  const date = (descending: boolean) => ({ of: sql`v.d`, descending, holds: "date" }) as const;
  const id = { of: sql`v.id`, descending: false, holds: "id" } as const;
  const x = { of: sql`v.x`, descending: true, holds: "other" } as const;
  const fields = { "the x": sql`v.x`, "the id": sql`v.id` };
  const picked = (order: Parameters<typeof pick>[1], when: Sql | null = null): Sql => {
    const group = sql`SELECT ${pick(fields, order, when)} AS p FROM ${rows(d)}`;
    return sql`(SELECT ${member(sql`g.p`, "the x", Object.keys(fields))} FROM (${group}) g)`;
  };
  return [
    [picked([date(true), id]), "a"],
    [picked([date(false), id]), "d"],
    [picked([date(false), id], sql`v.d IS NOT NULL`), "c"],
    [picked([date(true), x]), "b"],
    [picked([x]), "d"],
    [picked([date(true), id], sql`v.x = 'none'`), null],
  ];
}

function carriedValues(d: Dialect, { carried }: RowPicks): readonly Line[] {
  const window = sql`(ORDER BY v.id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;
  const value = sql`CASE WHEN v.bits = 4 THEN v.x END`;
  const last = (end: "first" | "last", id: number): Sql =>
    sql`(SELECT q.y FROM (SELECT v.id, ${carried(value, window, end)} AS y FROM ${rows(d)}) q WHERE q.id = ${id})`;
  return [
    [last("last", 2), "a"],
    [last("last", 9), "d"],
    [last("first", 9), "a"],
    [last("first", 1), "a"],
  ];
}
