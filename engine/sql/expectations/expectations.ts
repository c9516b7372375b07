/**
 * What each member of a dialect must mean: one table for all databases. A member without a row does not compile,
 * and a new dialect is held to the same rows.
 */
import { createHash } from "node:crypto";
import { isoDateOf } from "../../base/dates.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { plainQuery } from "../query.ts";
import type { Query } from "../query.ts";
import { sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { divisionByZero } from "../render-value.ts";
import { heldTexts, hostileNames } from "./hostile-texts.ts";
import { dateExpectations } from "./date-expectations.ts";
import { lines } from "./expected.ts";
import type { Expectation, Expectations, Line } from "./expected.ts";
import { rowExpectations } from "./row-expectations.ts";
import { sourceExpectations } from "./source-expectations.ts";
import { textExpectations } from "./text-expectations.ts";

export const expectations: Expectations = {
  ...dateExpectations,
  ...rowExpectations,
  ...sourceExpectations,
  ...textExpectations,

  name: (d) => lines([d.text(d.name), d.name]),
  quoteName: (d) =>
    lines(
      ...[...hostileNames, "Sex", "a b", '"', "ü"].map((name): Line => [
        sql`(SELECT q.${d.quoteName(name)} FROM (SELECT 7 AS ${d.quoteName(name)}) q)`,
        7,
      ]),
    ),
  holdsNul: (d) => {
    const text = d.text("a\0b");
    if (d.holdsNul) return lines([d.length(text), 3]);
    return { ...lines(), stops: [[sql`SELECT ${text} AS v`, ""]] };
  },
  text: (d) =>
    lines(
      ...heldTexts(d).map((text): Line => [d.text(text), text]),
      [d.length(d.text("")), 0],
      [d.length(d.text("  x ")), 4],
    ),
  integer: (d) =>
    lines(
      [d.integer(-7), -7],
      [d.integer(0), 0],
      [sql`${d.integer(2 ** 53 - 1)} + 2`, "9007199254740993"],
    ),
  float: (d) => lines([d.float(0.1), 0.1], [d.float(1e21), 1e21], [d.float(-1.5), -1.5]),
  missing: (d) =>
    lines(
      ...(["int", "real", "bit", "text", "date", "datetime"] as const).map((kind): Line => [
        d.missing(kind),
        null,
      ]),
    ),

  decimal: (d) =>
    lines(
      [d.decimal(sql`CAST(27.9 AS REAL)`), 27.9],
      [d.decimal(sql`CAST(0.1 AS REAL)`), 0.1],
      [d.decimal(sql`CAST(16777216 AS REAL)`), 16777216],
      [d.decimal(sql`CAST(123456789 AS REAL)`), 123456790],
      [d.decimal(sql`CAST(1e20 AS REAL)`), 1e20],
      [d.decimal(sql`CAST(1e-9 AS REAL)`), 1e-9],
      [d.decimal(sql`CAST(-1.5 AS REAL)`), -1.5],
      [d.decimal(sql`CAST(NULL AS REAL)`), null],
    ),
  rounded: (d) =>
    lines(
      ...[
        [0.5, 0, 1],
        [1.5, 0, 2],
        [2.5, 0, 3],
        [-0.5, 0, -1],
        [-2.5, 0, -3],
        [24.25, 1, 24.3],
        [24.24, 1, 24.2],
        [-0.04, 1, 0],
      ].map(([of = 0, digits = 0, to = 0]): Line => [d.rounded(d.float(of), digits), to]),
      [d.rounded(d.missing("real"), 1), null],
    ),
  integerQuotient: (d) =>
    lines(
      [d.integerQuotient(d.integer(7), d.integer(2)), 3],
      [d.integerQuotient(d.integer(-7), d.integer(2)), -3],
      [d.integerQuotient(d.integer(7), d.integer(-2)), -3],
      [d.integerQuotient(d.float(7), d.integer(2)), 3],
      [d.integerQuotient(d.missing("int"), d.integer(2)), null],
    ),
  floatQuotient: (d) =>
    lines(
      [d.floatQuotient(d.integer(7), d.integer(2)), 3.5],
      [d.floatQuotient(d.integer(1), d.integer(3)), 1 / 3],
      [d.floatQuotient(d.missing("int"), d.integer(2)), null],
    ),
  orStop: (d) => {
    const guarded = (message: string): Sql =>
      d.orStop(d.integerQuotient(sql`6`, sql`q.x`), sql`q.x`, message);
    const from = (x: number): Sql => sql`(SELECT ${x} AS x) q`;
    return {
      ...lines(
        [sql`(SELECT ${guarded("here")} FROM ${from(3)})`, 2],
        [sql`(SELECT max(${guarded("here")}) FROM ${from(3)} WHERE q.x = 0)`, null],
      ),
      // Databases cut errors off, some after 2,000 characters.
      stops: hostileNames
        .filter(({ length }) => length <= 1000)
        .map((name) => {
          const message = divisionByZero(name);
          return [sql`SELECT ${guarded(message)} AS v FROM ${from(0)}`, message];
        }),
    };
  },
  lot: (d) =>
    lines(
      [d.lot(sql`1`, "a"), lotByHand("a:1")],
      [d.lot(sql`1`, "o'b\"]"), lotByHand("o'b\"]:1")],
      [d.lot(sql`CAST(23 AS BIGINT)`, "a"), lotByHand("a:23")],
    ),
  extreme: (d) =>
    lines(
      [d.extreme("least", [d.missing("int"), sql`3`, sql`1`]), 1],
      [d.extreme("greatest", [d.missing("int"), sql`3`, sql`1`]), 3],
      [d.extreme("least", [d.missing("int"), d.missing("int")]), null],
      [d.extreme("greatest", [d.text("Z"), d.text("a")]), "a"],
      [d.extreme("least", [d.day(isoDateOf("2020-02-29")), d.missing("date")]), "2020-02-29"],
    ),
  decimalSum: (d) => {
    const given = [0.1, 0.2, 0.3, 1e10, -1e10];
    return lines(
      [sumOf(d, given), 0.6],
      [sumOf(d, [...given].reverse()), 0.6],
      [sumOf(d, []), null],
    );
  },
  asNumber: (d) => lines([sumOf(d, [1.5]), 1.5], [sumOf(d, [1500, 0.25]), 1500.25]),
  whole: (d) =>
    lines(
      [d.whole(d.float(2.5)), 2],
      [d.whole(d.float(-3.5)), -4],
      [d.whole(d.integer(2 ** 53 - 1)), 2 ** 53 - 1],
      [d.whole(sql`1`), 1],
    ),
  groupingOf: (d) => {
    const rows = d.rowsOf([[sql`1`, sql`2`]], ["a", "b"]);
    const ways = sql`GROUPING SETS ((v.a, v.b), (v.a), (v.b), ())`;
    const of = (test: Sql): Sql =>
      sql`(SELECT max(q.g) FROM (SELECT ${d.groupingOf([sql`v.a`, sql`v.b`])} AS g, v.a, v.b FROM ${rows} GROUP BY ${ways}) q WHERE ${test})`;
    return lines(
      [of(sql`q.a IS NOT NULL AND q.b IS NOT NULL`), 0],
      [of(sql`q.a IS NOT NULL AND q.b IS NULL`), 1],
      [of(sql`q.a IS NULL AND q.b IS NOT NULL`), 2],
      [of(sql`q.a IS NULL AND q.b IS NULL`), 3],
    );
  },
  sumInOrder: (d) => {
    const { sumInOrder } = d;
    if (sumInOrder === null) return lines();
    // Plainly added, ten tenths are 0.9999999999999999; and large numbers swallow what comes after them.
    const added = (values: readonly number[]): Sql => {
      const rows = values.map((value, i) => [d.integer(-i), d.float(value)]);
      return sql`(SELECT ${sumInOrder(sql`v.x`, sql`v.n`)} FROM ${d.rowsOf(rows, ["n", "x"])})`;
    };
    const given = [1e16, 1, -1e16, 1, 0.1];
    return lines(
      [added(Array.from({ length: 10 }, () => 0.1)), 1],
      [added(given), kahanSum([...given].reverse())],
      [added([...given].reverse()), kahanSum(given)],
    );
  },
  isTrue: (d) => {
    const is = (flag: Sql): Sql => sql`CASE WHEN ${d.isTrue(flag)} THEN 1 ELSE 0 END`;
    const flag = (value: boolean): Sql => d.source({ kind: "flag", value }, () => sql``);
    return lines([is(flag(true)), 1], [is(flag(false)), 0], [is(d.missing("bit")), 0]);
  },

  sent: (d) =>
    lines(
      [d.sent("bool", sql`1`), 1],
      [d.sent("int", d.float(2.5)), 2],
      [d.sent("int", d.float(-3.5)), -4],
      [d.sent("int", d.float(2.6)), 3],
      [d.sent("int", d.missing("real")), null],
      [d.sent("int", d.integer(2 ** 53 - 1)), 2 ** 53 - 1],
      [d.sent("float", d.float(0.1)), 0.1],
      [d.sent("str", d.text("a'b")), "a'b"],
      [d.sent("date", d.day(isoDateOf("1970-01-02"))), 1],
      [d.sent("date", d.day(isoDateOf("0001-01-01"))), -719162],
      [d.sent("date", d.day(isoDateOf("9999-12-31"))), 2932896],
      [d.sent("date", d.missing("date")), -2147483648],
    ),
  shown: (d) =>
    lines(
      [d.shown("bool", sql`1`), 1],
      [d.shown("int", d.float(2)), 2],
      [d.shown("float", d.integer(1)), 1],
      [d.shown("str", d.text("x")), "x"],
      [d.shown("date", d.day(isoDateOf("0001-01-01"))), "0001-01-01"],
    ),
  sentNumber: (d) => lines([d.sentNumber(sql`0`), 0], [d.sentNumber(d.integer(2 ** 31)), 2 ** 31]),
  named: (d) => {
    const ctes = [d.named("one", sql`SELECT 1 AS x`), d.named("two", sql`SELECT o.x FROM one o`)];
    return {
      before: [d.keep("named_two", { ctes, select: sql`SELECT t.x FROM two t` })],
      lines: [[sql`(SELECT max(r.x) FROM ${d.keptTable("named_two")} r)`, 1]],
      after: [d.discard("named_two")],
    };
  },

  recordColumn: (d) => {
    const from = (of: Sql): Sql => sql`(SELECT ${of} AS ${d.quoteName("Some Column")}) t`;
    const column = (kind: PhysicalKind): Sql => d.recordColumn("t", "Some Column", kind);
    return lines(
      [sql`(SELECT ${column("int")} FROM ${from(sql`7`)})`, 7],
      [sql`(SELECT ${column("text")} FROM ${from(d.text("a "))})`, "a "],
      [
        sql`(SELECT count(*) FROM ${from(d.text("A"))} WHERE ${column("text")} = ${d.text("a")})`,
        0,
      ],
    );
  },
  recordTable: (d) =>
    keeping(d, "records", [[sql`(SELECT sum(r.x) FROM ${d.keptTable("records")} r)`, 3]]),
  keptTable: (d) => keeping(d, "kept", [[sql`(SELECT count(*) FROM ${d.keptTable("kept")} r)`, 2]]),
  keep: (d) => keeping(d, "kept", [[sql`(SELECT max(r.x) FROM ${d.keptTable("kept")} r)`, 2]]),
  append: (d) => ({
    ...keeping(d, "grown", [[sql`(SELECT sum(r.x) FROM ${d.keptTable("grown")} r)`, 8]]),
    before: [d.keep("grown", two(d)), d.append("grown", plainQuery(sql`SELECT 5 AS x`))],
  }),
  discard: (d) => ({ ...lines(), before: [d.discard("never_made")] }),
  // What a file holds is read by the tests of the command that prints scripts; the table must be one.
  keepFile: () => lines(),
  namedQueries: ({ namedQueries }) => {
    if (namedQueries === null) return lines();
    return {
      before: [namedQueries.name("twice", "n", sql`SELECT 2 * ${word("n")} AS x`)],
      lines: [[sql`(SELECT q.x FROM (${namedQueries.query("twice", 21)}) q)`, 42]],
    };
  },
};

function two(d: Dialect): Query {
  return plainQuery(sql`SELECT * FROM ${d.rowsOf([[sql`1`], [sql`2`]], ["x"])}`);
}

function keeping(d: Dialect, name: string, given: readonly Line[]): Expectation {
  return { before: [d.keep(name, two(d))], lines: given, after: [d.discard(name)] };
}

function sumOf(d: Dialect, values: readonly number[]): Sql {
  const rows = (values.length === 0 ? [0] : values).map((value) => [d.float(value)]);
  const where = values.length === 0 ? sql` WHERE 1 = 0` : sql``;
  return sql`(SELECT ${d.asNumber(d.decimalSum(sql`v.x`))} FROM ${d.rowsOf(rows, ["x"])}${where})`;
}

function kahanSum(values: readonly number[]): number {
  let [total, slip] = [0, 0];
  for (const value of values) {
    const addend = value - slip;
    const next = total + addend;
    slip = next - total - addend;
    total = next;
  }
  return total;
}

function lotByHand(text: string): number {
  const digits = createHash("md5").update(text).digest("hex").slice(0, 8);
  return (Number.parseInt(digits, 16) * 100) / 2 ** 32;
}
