import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openRecords } from "../../engine/backend/connect.ts";
import { heldMembers } from "../../engine/backend/database/self-test.ts";
import type { Dialect } from "../../engine/sql/dialects/dialect.ts";
import { mssql } from "../../engine/sql/dialects/mssql.ts";
import type { Expectations } from "../../engine/sql/expectations/expected.ts";
import { joinSql, literal, sql, trustedSql, word } from "../../engine/text/sql.ts";
import { servedRecords } from "./served.ts";
import { toolsPython, tsqlTools } from "./tsql-tools.ts";
import type { TsqlTools } from "./tsql-tools.ts";

const skip = toolsPython === null ? "MSSQL_PYTHON names no Python: test/mssql/tools.sh" : false;

type Wrong = readonly [member: keyof Expectations, instead: Partial<Dialect>];

const { keptTable, picks } = mssql;
const kept = (name: string) => String(keptTable(name));
const raw = (text: string) => trustedSql(text);

/** What a person who knows another database, or a newer SQL Server, would have made of a member. */
const faults: Readonly<Record<string, Wrong>> = {
  "a test as a value": ["sent", { sent: (_, of) => sql`(${of} = 1)` }],
  "a word for true": [
    "isTrue",
    { source: (of, column) => (of.kind === "flag" ? raw("TRUE") : mssql.source(of, column)) },
  ],
  "a truth value as a test": ["isTrue", { isTrue: (of) => of }],
  "texts joined by bars": [
    "lot",
    { lot: (patient, salt) => sql`HASHBYTES('MD5', ${salt} || ${patient})` },
  ],
  LIMIT: [
    "keep",
    {
      keep: (name, { select }) =>
        raw(`SELECT * INTO ${kept(name)} FROM (${select.toString()}) q LIMIT 9`),
    },
  ],
  "an order of missing values": ["ordered", { ordered: (of) => sql`${of} ASC NULLS LAST` }],
  FILTER: [
    "aggregate",
    {
      aggregate: (call, of, when) =>
        sql`${call(of ?? sql`*`)} FILTER (WHERE ${when ?? sql`1 = 1`})`,
    },
  ],
  "the standard's literal of a day": ["day", { day: (day) => sql`DATE ${day}` }],
  "an interval": ["shiftDate", { shiftDate: (date) => sql`${date} + INTERVAL '1' MONTH` }],
  "WITH inside parentheses": [
    "named",
    {
      keep: (name, { ctes, select }) =>
        sql`SELECT q.* INTO ${keptTable(name)} FROM (WITH ${joinSql(ctes, ", ")} ${select}) q`,
    },
  ],
  "a derived table without a name": [
    "extreme",
    { extreme: (_, of) => sql`(SELECT MIN(x) FROM (SELECT ${of[0] ?? sql`1`} AS x))` },
  ],
  "CREATE TABLE AS": [
    "keep",
    { keep: (name, { select }) => sql`CREATE TABLE ${keptTable(name)} AS ${select}` },
  ],
  "a hint of other databases": [
    "named",
    { named: (name, query) => sql`${word(name)} AS NOT MATERIALIZED (${query})` },
  ],
  "an array": ["extreme", { extreme: (_, of) => sql`array_min(ARRAY[${joinSql(of, ", ")}])` }],
  "IGNORE NULLS, of 2022": [
    "picks",
    { picks: { ...picks, only: (of) => sql`LAST_VALUE(${of}) IGNORE NULLS OVER (ORDER BY v.id)` } },
  ],
  "GREATEST, of 2022": ["extreme", { extreme: (_, of) => sql`GREATEST(${joinSql(of, ", ")})` }],
  "GENERATE_SERIES, of 2022": [
    "repeated",
    {
      repeated: (relation, { from, until }) =>
        sql`(SELECT q.*, e.value AS k FROM ${relation} q CROSS APPLY GENERATE_SERIES(${from}, ${until}) e)`,
    },
  ],
  "STRING_AGG, of 2017": [
    "categoryOf",
    {
      categoryOf: (code, { table }) =>
        sql`(SELECT STRING_AGG(l.category, ',') FROM ${table} l WHERE l.code = ${code})`,
    },
  ],
  "a function of another database": ["year", { year: (of) => sql`date_part('year', ${of})` }],
  "a column without a name": [
    "keep",
    { keep: (name, { select }) => sql`SELECT q.x + 0 INTO ${keptTable(name)} FROM (${select}) q` },
  ],
  "two columns of one name": [
    "keep",
    { keep: (name, { select }) => sql`SELECT q.x, q.x INTO ${keptTable(name)} FROM (${select}) q` },
  ],
  "an order inside a derived table": [
    "rowsOf",
    {
      rowsOf: (rows, columns) =>
        sql`(SELECT * FROM ${mssql.rowsOf(rows, columns)} ORDER BY v.id) AS v`,
    },
  ],
  "a subquery inside an aggregate": [
    "aggregate",
    { aggregate: (call) => sql`${call(sql`CASE WHEN 1 IN (SELECT 1 AS x) THEN 1 END`)}` },
  ],
  "a column that is not there": [
    "recordColumn",
    { recordColumn: (alias) => sql`${word(alias)}.[another]` },
  ],
  "a column that is not grouped": ["decimalSum", { decimalSum: (of) => sql`SUM(1e0) + ${of}` }],
  "a column of two tables": [
    "repeated",
    {
      repeated: (relation) =>
        sql`(SELECT q.*, k FROM ${relation} q JOIN (VALUES (0)) AS e(k) ON 1 = 1 JOIN (VALUES (0)) AS f(k) ON 1 = 1)`,
    },
  ],
  "a window ordered by a constant": ["ordered", { ordered: () => sql`1` }],
  "a backslash before a quote": [
    "text",
    { text: (value) => raw(`'${value.replaceAll("'", "\\'")}'`) },
  ],
  "quotes that are not doubled": ["text", { text: (value) => raw(`'${value}'`) }],
  "control characters within quotes": ["text", { text: literal }],
  "a text column of ours without a collation": [
    "keepCodes",
    { keepCodes: ({ name }) => sql`CREATE TABLE ${keptTable(name)} (n bigint, code varchar(9))` },
  ],
  "a name between quotes": ["quoteName", { quoteName: (name) => raw(`"${name}"`) }],
  "a bracket that is not doubled": ["quoteName", { quoteName: (name) => raw(`[${name}]`) }],
  "trailing spaces that count": ["fold", { fold: (of) => sql`LOWER(${of})` }],
  "letter case that counts": ["fold", { fold: (of) => sql`RTRIM(${of})` }],
  "signs that stand for others": [
    "contains",
    { contains: (of, part) => sql`(${of} LIKE CONCAT('%', ${part}, '%'))` },
  ],
  "years that are counted by their numbers": [
    "completedYears",
    { completedYears: (from, to) => sql`DATEDIFF(year, ${from}, ${to})` },
  ],
  "a month beyond the calendar": [
    "shiftDate",
    { shiftDate: (date, { offset }) => sql`DATEADD(month, ${offset?.amount ?? 0}, ${date})` },
  ],
  "days the other way round": [
    "daysBetween",
    { daysBetween: (from, to) => sql`DATEDIFF(day, ${to}, ${from})` },
  ],
  "a fraction where the remainder is dropped": [
    "integerQuotient",
    { integerQuotient: (left, right) => sql`(CAST(${left} AS float) / ${right})` },
  ],
  "a division that goes on": ["orStop", { orStop: (value) => value }],
  "a missing day as a missing number": [
    "sent",
    {
      sent: (type, of) =>
        type === "date"
          ? sql`DATEDIFF(day, CAST('1970-01-01' AS date), ${of})`
          : mssql.sent(type, of),
    },
  ],
  "a table that stays": ["discard", { discard: (name) => sql`DROP TABLE ${keptTable(name)}` }],
};

describe("the self-test at a SQL Server", { skip }, () => {
  let tools: TsqlTools;
  before(() => {
    tools = tsqlTools(toolsPython ?? "");
  });
  after(() => {
    tools.stop();
  });

  it("tells of each slip in what studies are made of, and of none where there is none", () =>
    servedRecords({ tools, records: {}, isStrict: true }, async (url) => {
      const outside = { environment: {}, note: () => undefined };
      const records = await openRecords(url, ".", outside);
      try {
        const missed: string[] = [];
        for (const [what, [member, instead]] of Object.entries(faults)) {
          const dialect = { ...mssql, ...instead };
          const [held] = await heldMembers({ ...records, dialect }, [member]);
          if (held?.wrong.length === 0) missed.push(what);
        }
        assert.deepEqual(missed, []);
        const members = [...new Set(Object.values(faults).map(([member]) => member))];
        const held = await heldMembers(records, members);
        assert.deepEqual(
          held.filter(({ wrong }) => wrong.length > 0),
          [],
        );
      } finally {
        await records.session.close();
      }
    }));
});
