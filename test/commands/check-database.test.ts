import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openRecords } from "../../engine/backend/connect.ts";
import { heldMembers } from "../../engine/backend/database/self-test.ts";
import type { Dialect } from "../../engine/sql/dialects/dialect.ts";
import { duckdb } from "../../engine/sql/dialects/duckdb.ts";
import type { expectations } from "../../engine/sql/expectations/expectations.ts";
import { sql } from "../../engine/text/sql.ts";
import { inDatabase, PATH } from "../database/in-database.ts";
import { smallRecords } from "../database/small-records.ts";
import { cohortline } from "./workspace.ts";

/** Slips that a dialect, or a server of another version, could have. */
const slips: Readonly<Record<string, Partial<Dialect>>> = {
  shiftDate: {
    shiftDate: (date, by) => sql`coalesce(${duckdb.shiftDate(date, by)}, DATE '9999-12-31')`,
  },
  completedYears: { completedYears: (from, to) => sql`date_diff('year', ${from}, ${to})` },
  fold: { fold: (of) => sql`lower(${of})` },
  length: { length: (of) => sql`length(rtrim(${of}))` },
  contains: { contains: (of, part) => sql`(${of} LIKE '%' || ${part} || '%')` },
  rounded: { rounded: (of, digits) => sql`round_even(${of}, ${digits})` },
  integerQuotient: { integerQuotient: (left, right) => sql`CAST(${left} / ${right} AS BIGINT)` },
  floatQuotient: { floatQuotient: (left, right) => sql`(CAST(${left} AS BIGINT) // ${right})` },
  decimal: { decimal: (of) => sql`CAST(${of} AS DOUBLE)` },
  orStop: { orStop: (value) => value },
  extreme: { extreme: (_, of) => of[0] ?? sql`NULL` },
  ordered: {
    ordered: (of, isDown) => sql`${of} ${isDown ? sql`DESC NULLS FIRST` : sql`ASC NULLS LAST`}`,
  },
  sent: {
    sent: (type, of) => (type === "date" ? sql`CAST(${of} AS VARCHAR)` : duckdb.sent(type, of)),
  },
  daysBefore: { daysBefore: (days, date) => duckdb.daysBefore(days, date, true) },
};

describe("a database that is checked", () => {
  it("says what holds, and needs no study", () =>
    inDatabase(smallRecords(3), async (folder) => {
      const { code, out, err } = await cohortline(folder, [
        "check",
        "--database-url",
        `duckdb:${PATH}`,
      ]);
      assert.equal(code, 0, err);
      assert.match(out, /^records: \d+ of \d+ tables of a TPP database\n/);
      assert.match(out, /operations: all \d+ mean what they must\n/);
      assert.match(out, /codelists: can be uploaded, and looked up in records\n$/);
    }));

  it("is told by the operation that it means otherwise, with what it gives and should", () =>
    inDatabase(smallRecords(3), async (folder) => {
      const records = await openRecords(`duckdb:${PATH}`, folder);
      for (const [member, slip] of Object.entries(slips)) {
        const slipped = { ...records, dialect: { ...duckdb, ...slip } };
        const [held] = await heldMembers(slipped, [member as keyof typeof expectations]);
        assert.notDeepEqual(held?.wrong, [], member);
      }
      await records.session.close();
    }));
});
