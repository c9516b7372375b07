/** What is asked of texts and of the codes in them. */
import type { Dialect } from "../dialects/dialect.ts";
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { CodesTable } from "../codelist-tables.ts";
import { plainQuery } from "../query.ts";
import type { Query } from "../query.ts";
import { lines } from "./expected.ts";
import type { Expectations, Line } from "./expected.ts";

export const textExpectations = {
  fold: (d) =>
    lines(
      [d.fold(d.text("ABC  ")), "abc"],
      [d.fold(d.text("  aBc")), "  abc"],
      [d.fold(d.text("a\t")), "a\t"],
      [d.fold(d.text("a \n")), "a \n"],
      [d.fold(d.text("a  \nB  ")), "a  \nb"],
      [d.fold(d.text("ÄÖÜ É")), "äöü é"],
      [d.fold(d.text("😀 ")), "😀"],
      [d.fold(d.text("   ")), ""],
      [d.fold(d.missing("text")), null],
    ),
  length: (d) =>
    lines(
      [d.length(d.text("Zürich")), 6],
      [d.length(d.text("😀")), 1],
      [d.length(d.text(" x ")), 3],
      [d.length(d.missing("text")), null],
    ),
  leading: (d) =>
    lines(
      [d.leading(d.text("J45.9"), 3), "J45"],
      [d.leading(d.text("J4"), 3), "J4"],
      [d.leading(d.text("😀x"), 1), "😀"],
      [d.leading(d.missing("text"), 3), null],
    ),
  contains: (d) => {
    const contains = (text: string, part: string): Sql =>
      found(d, (of) => d.contains(of, d.text(part)), text);
    return lines(
      [contains("foobar", "ob"), 1],
      [contains("foobar", "OB"), 0],
      [contains("foobar", "f%r"), 0],
      [contains("foobar", "f_o"), 0],
      [contains("a[]!%_^b", "[]!%_^"), 1],
    );
  },
  beginsWithCode: (d) => {
    const begins = (text: string, codes: readonly string[]): Sql =>
      found(d, (of) => d.beginsWithCode(of, codesOf(codes)), text);
    return lines(
      [begins("j459", ["j45", "i1"]), 1],
      [begins("i2", ["j45", "i1"]), 0],
      [begins("j4", ["j45"]), 0],
    );
  },
  codeAfterBreak: (d) => {
    const after = (text: string, ...codes: readonly string[]): Sql =>
      found(d, (of) => d.codeAfterBreak(of, codesOf(codes)), text);
    return lines(
      [after("||j459||i10", "i10"), 1],
      [after("||j459,i10", "x", "i1"), 1],
      [after("||xi10", "i10"), 0],
      [after("i10", "i10"), 0],
      [after("||i.0", "i.0"), 1],
      [after("||i10", "i.0"), 0],
      [after("||a\\e(b", "a\\e(b"), 1],
      [after("||$1 x", "$1"), 1],
      [after("||é1", "é1"), 1],
      [after("", "i10"), 0],
    );
  },
  categoryOf: (d) => {
    const category = (code: Sql): Sql =>
      sql`(SELECT ${d.categoryOf(sql`q.code`, codesOf(["a", "b"]))} FROM (SELECT ${code} AS code) q)`;
    return lines(
      [category(d.text("a")), "1"],
      [category(d.text("b")), "2"],
      [category(d.text("c")), null],
    );
  },
  keepCodes: (d) => ({
    before: [
      d.keepCodes({ name: "codes_made", columns: { n: "int", code: "text" }, rows: [[7, "a"]] }),
      d.append("codes_made", plainQuery(sql`SELECT 7 AS n, 'a' AS code`)),
    ],
    lines: [
      [sql`(SELECT min(l.code) FROM ${d.keptTable("codes_made")} l)`, "a"],
      [sql`(SELECT sum(l.n) FROM ${d.keptTable("codes_made")} l)`, 7],
    ],
    after: [d.discard("codes_made")],
  }),
  codelists: (d) => {
    const made = lists.map((list) => ({ ...list, folded: true, authors: [] }));
    const tables = d.codelists.tables(made);
    const counted = (of: Sql): Sql => sql`(SELECT count(*) FROM ${of} l)`;
    const [one, , three] = made;
    if (one === undefined || three === undefined) return lines();
    const both = d.codelists.several([three, one]);
    return {
      before: tables.flatMap((table) => [
        d.keepCodes(table),
        ...table.rows.map((row) => d.append(table.name, rowQuery(d, row, table.columns))),
      ]),
      lines: [
        ...made.map((list): Line => [counted(d.codelists.one(list)), list.codes.length]),
        [sql`(SELECT max(l.category) FROM ${d.codelists.one(one)} l WHERE l.code = 'a')`, "o'ne"],
        [sql`(SELECT max(l.category) FROM ${d.codelists.one(three)} l WHERE l.code = 'a')`, ""],
        [counted(sql`(${both})`), 3],
        [sql`(SELECT sum(l.n) FROM (${both}) l WHERE l.code = 'a')`, 4],
      ],
      after: tables.map(({ name }) => d.discard(name)),
    };
  },
} satisfies Partial<Expectations>;

/** The same code in two of them, and one without any. */
const lists = [
  {
    name: "held_1",
    number: 1,
    codes: [
      ["a", "o'ne"],
      ["b", "two"],
    ],
  },
  { name: "held_2", number: 2, codes: [] },
  { name: "held_3", number: 3, codes: [["a", ""]] },
] as const;

function rowQuery(d: Dialect, row: CodesTable["rows"][number], columns: object): Query {
  const cells = row.map((cell) => (typeof cell === "number" ? d.integer(cell) : d.text(cell)));
  return plainQuery(sql`SELECT * FROM ${d.rowsOf([cells], Object.keys(columns))}`);
}

/** Codes whose categories are their numbers from 1. */
function codesOf(codes: readonly string[]) {
  const rows = codes.map((code, i) => sql`SELECT ${code} AS code, ${String(i + 1)} AS category`);
  return {
    table: sql`(${joinSql(rows, " UNION ALL ")})`,
    lengths: [...new Set(codes.map((code) => Array.from(code).length))],
    areNumbers: false,
    areWords: codes.every((code) => /^[a-z0-9]+$/.test(code)),
  };
}

/** Of a text in a row, as where texts stand. */
function found(d: Dialect, test: (of: Sql) => Sql, text: string): Sql {
  return sql`(SELECT count(*) FROM (SELECT ${d.text(text)} AS x) q WHERE ${test(sql`q.x`)})`;
}
