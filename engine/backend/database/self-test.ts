/** Whether a database means by each operation what it must: the table of expectations, asked there. */
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { expectations } from "../../sql/expectations/expectations.ts";
import type { Expectations } from "../../sql/expectations/expected.ts";
import type { Expectation, Expected } from "../../sql/expectations/expected.ts";
import { renderTable } from "../../sql/render-table.ts";
import type { Records } from "./records.ts";
import { problemOfStopped } from "./stopped-statement.ts";

export interface HeldMember {
  readonly member: string;
  /** What it gives and should not, or what became of a statement; the values are our own. */
  readonly wrong: readonly string[];
}

/** Of all members of its dialect, or of some. */
export async function heldMembers(
  records: Records,
  members = Object.keys(expectations) as readonly (keyof Expectations)[],
): Promise<readonly HeldMember[]> {
  const held: HeldMember[] = [];
  for (const member of members) {
    const expectation = expectations[member](records.dialect);
    held.push({ member, wrong: await wrongOf(expectation, records) });
  }
  return held;
}

async function wrongOf(expectation: Expectation, records: Records): Promise<readonly string[]> {
  const { session } = records;
  const { before = [], after = [], lines, stops = [] } = expectation;
  try {
    for (const statement of before) await session.run(statement);
    const wrong = lines.length === 0 ? [] : await wrongLines(lines, records);
    for (const [query, text] of stops) {
      const told = await session.rows(query).then(
        () => null,
        (error: unknown) => refusalOf(error, records),
      );
      // As a person would be told it, with the column.
      const isTold = told?.includes(problemOfStopped(text)?.message ?? "") === true;
      if (!isTold) wrong.push(`${shortened(query)} does not stop with ${shortened(text)}`);
    }
    return wrong;
  } catch (error) {
    return [refusalOf(error, records)];
  } finally {
    for (const statement of after) await session.run(statement).catch(() => undefined);
  }
}

async function wrongLines(lines: Expectation["lines"], { session }: Records): Promise<string[]> {
  const shown = lines.map(([of], i) => sql`${of} AS ${word(`v${i}`)}`);
  const [row = {}] = await session.rows(sql`SELECT ${joinSql(shown, ", ")}`);
  const found = Object.values(row) as readonly (Expected | bigint | Date)[];
  return lines.flatMap(([of, expected], i) => {
    const is = comparable(found[i] ?? null, expected);
    return is === expected
      ? []
      : [`${shortened(of)} is ${shortened(is)}, and should be ${shortened(expected)}`];
  });
}

/** Databases give days and numbers in many ways; no zero has a sign. */
function comparable(found: Expected | bigint | Date, expected: Expected): Expected {
  if (found === null) return null;
  if (typeof expected === "number") return Number(found) + 0;
  return found instanceof Date ? found.toISOString().slice(0, 10) : String(found);
}

function shortened(of: Sql | Expected): string {
  const text = String(of);
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}

function refusalOf(error: unknown, { fail }: Records): string {
  try {
    return fail(error, []);
  } catch (told) {
    return told instanceof Error ? told.message : String(told);
  }
}

const TABLE = "self_test";

/** Whether a codelist of ours can be looked up in a column of records: null, or what became of it. Problems: those of `ready`. */
export async function lookUpInRecords(records: Records): Promise<string | null> {
  const { session, dialect, provider } = records;
  await records.ready([{ table: "patients", fields: ["sex"], columns: [] }]);
  try {
    const rows = [
      ["F", "one's"],
      ["ß", ""],
    ];
    await session.upload({ name: TABLE, columns: { code: "text", category: "text" }, rows });
    const patients = renderTable("patients", ["patient_id", "sex"], {
      provider,
      dialect,
      range: null,
    });
    const codes = sql`SELECT l.code FROM ${dialect.keptTable(TABLE)} l`;
    await session.rows(
      sql`SELECT count(*) AS n FROM (${patients}) p WHERE ${dialect.fold(sql`p.sex`)} IN (${codes}) OR p.sex IN (${codes})`,
    );
    return null;
  } catch (error) {
    return refusalOf(error, records);
  } finally {
    await session.run(dialect.discard(TABLE)).catch(() => undefined);
  }
}
