import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { addDays, addMonths, isoDateOf, lastDayOfMonth } from "../../engine/base/dates.ts";
import type { IsoDate } from "../../engine/base/dates.ts";
import type { CheckedStudy } from "../../engine/definition/checked-study.ts";
import { checked as studyOfCalls } from "../definition/study-of.ts";
import { naiveCohort } from "../naive/naive-cohort.ts";
import type { CohortRow } from "../naive/naive-cohort.ts";
import type { Records, Row } from "../naive/row.ts";
import { randomCase } from "./random-case.ts";
import type { RandomCase } from "./random-case.ts";
import { randomRecords } from "./random-records.ts";
import { checked } from "./random-study.ts";
import { ctv3Codes, writtenDay } from "./random-vocabulary.ts";

const runs = { numRuns: 60 };
const today = isoDateOf("2020-05-20");
const records = fc.noBias(randomRecords);

interface Asked {
  readonly study: CheckedStudy;
  readonly records: Records;
  readonly indexDate: IsoDate;
  readonly files?: RandomCase["files"];
}

function cohort({ files = {}, ...asked }: Asked): readonly CohortRow[] {
  const readFile = (path: string): string => files[path] ?? "";
  return naiveCohort({ ...asked, today, includeOptedOut: true, readFile });
}

function cohortsOf({ study: file, indexDates, ...rest }: RandomCase): readonly CohortRow[][] {
  const result = checked(file);
  assert.ok(result.ok);
  const { study } = result;
  return indexDates.map((indexDate) => [...cohort({ study, indexDate, ...rest })]);
}

const codelist = { system: "ctv3", codes: ["XaB1c", "H33.."] };
const events = (args: object) => ["with_these_clinical_events", { codelist, ...args }] as const;

/** One column for each thing that is told of events, all of one window. */
function everyReturning(window: object): CheckedStudy {
  const measured = { on_most_recent_day_of_measurement: true, include_measurement_date: true };
  const count = { returning: "number_of_matches_in_period" };
  return studyOfCalls({
    flag: events({ ...window, include_date_of_match: true, date_format: "YYYY-MM-DD" }),
    first: events({ ...window, returning: "date", find_first_match_in_period: true }),
    count: events({ ...window, ...count }),
    code: events({ ...window, returning: "code" }),
    value: events({ ...window, returning: "numeric_value", ignore_missing_values: true }),
    episodes: events({ ...window, returning: "number_of_episodes" }),
    kept: events({
      ...window,
      ...count,
      ignore_days_where_these_codes_occur: { system: "ctv3", codes: ["7%_."] },
    }),
    mean: ["mean_recorded_value", { codelist, ...window, ...measured }],
    least: ["min_recorded_value", { codelist, ...window }],
  });
}

describe("the cohort, whatever the study and the records", () => {
  it("is the same in whatever order the tables hold their rows", () => {
    fc.assert(
      fc.property(randomCase(), (asked) => {
        // The walk over the pairs of VmpMapping goes by their order.
        const turned = Object.entries(asked.records).map(
          ([name, rows]) => [name, name === "VmpMapping" ? rows : [...rows].reverse()] as const,
        );
        const other = { ...asked, records: Object.fromEntries(turned) };
        assert.deepEqual(cohortsOf(other), cohortsOf(asked));
      }),
      runs,
    );
  });

  it("tells of a patient the same whether or not another is there", () => {
    fc.assert(
      fc.property(randomCase(), (asked) => {
        const gone = asked.records["Patient"]?.[0]?.["Patient_ID"];
        const rest = Object.entries(asked.records).map(
          ([name, rows]) => [name, rows.filter((row) => row["Patient_ID"] !== gone)] as const,
        );
        const without = {
          ...asked,
          records: Object.fromEntries(rest),
          files: filesWithout(asked, gone),
        };
        const expected = cohortsOf(asked).map((rows) =>
          rows.filter((row) => row["patient_id"] !== String(gone)),
        );
        assert.deepEqual(cohortsOf(without), expected);
      }),
      runs,
    );
  });

  it("has each patient once, by ascending number, with every visible column", () => {
    fc.assert(
      fc.property(randomCase(), (asked) => {
        const result = checked(asked.study);
        assert.ok(result.ok);
        const names = ["patient_id", ...result.study.output];
        for (const rows of cohortsOf(asked)) {
          const ids = rows.map((row) => Number(row["patient_id"]));
          assert.deepEqual(
            ids,
            [...new Set(ids)].sort((a, b) => a - b),
          );
          for (const row of rows) assert.deepEqual(Object.keys(row), names);
        }
      }),
      runs,
    );
  });
});

function filesWithout({ files }: RandomCase, gone: unknown): RandomCase["files"] {
  const lines = (files["people.csv"] ?? "").split("\n");
  return {
    "people.csv": lines.filter((line) => line.split(",")[2] !== String(gone)).join("\n"),
  };
}

describe("a window", () => {
  const window = { between: ["index_date - 1 month", "index_date + 3 days"] };
  const study = everyReturning(window);

  /** An event of the first patient. */
  function withEvent(all: Records, day: string, cells: Row): Records {
    const event: Row = {
      Patient_ID: all["Patient"]?.[0]?.["Patient_ID"] ?? 0,
      CodedEvent_ID: 5000,
      ConsultationDate: `${day}T12:00:00`,
      ...cells,
    };
    return { ...all, CodedEvent: [...(all["CodedEvent"] ?? []), event] };
  }

  it("is not touched by what happens a day before or after it, or later", () => {
    const code = fc.constantFrom(...ctv3Codes);
    const away = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(
        records,
        writtenDay,
        code,
        away,
        fc.boolean(),
        (all, on, CTV3Code, days, before) => {
          const indexDate = isoDateOf(on);
          const day = before
            ? addDays(addMonths(indexDate, -1), -days)
            : addDays(indexDate, 3 + days);
          const more = withEvent(all, day, { CTV3Code, NumericValue: 999 });
          assert.deepEqual(
            cohort({ study, records: more, indexDate }),
            cohort({ study, records: all, indexDate }),
          );
        },
      ),
      runs,
    );
  });

  it("counts one more for an event on its first or last day", () => {
    fc.assert(
      fc.property(records, writtenDay, fc.boolean(), (all, on, first) => {
        const indexDate = isoDateOf(on);
        const day = first ? addMonths(indexDate, -1) : addDays(indexDate, 3);
        const patient = String(all["Patient"]?.[0]?.["Patient_ID"]);
        const count = (asked: Records): number =>
          Number(
            cohort({ study, records: asked, indexDate }).find(
              (row) => row["patient_id"] === patient,
            )?.["count"],
          );
        const more = withEvent(all, day, { CTV3Code: "H33..", NumericValue: 0 });
        assert.equal(count(more), count(all) + 1);
      }),
      runs,
    );
  });

  it("of a year counts what its twelve months count", () => {
    const counted = (between: readonly string[]) =>
      studyOfCalls({ n: events({ between, returning: "number_of_matches_in_period" }) });
    const month = counted(["index_date", "last_day_of_month(index_date)"]);
    const year = counted(["2020-01-01", "2020-12-31"]);
    const january = isoDateOf("2020-01-01");
    fc.assert(
      fc.property(records, (all) => {
        const monthly = Array.from({ length: 12 }, (_, i) =>
          cohort({ study: month, records: all, indexDate: addMonths(january, i) }),
        );
        for (const [i, row] of cohort({
          study: year,
          records: all,
          indexDate: january,
        }).entries()) {
          const sum = monthly.reduce((total, rows) => total + Number(rows[i]?.["n"]), 0);
          assert.equal(sum, Number(row["n"]));
        }
      }),
      runs,
    );
  });

  it("without a beginning moves its last match forward and keeps its first", () => {
    const upTo = { on_or_before: "index_date", returning: "date", date_format: "YYYY-MM-DD" };
    const dated = studyOfCalls({
      last: events(upTo),
      first: events({ ...upTo, find_first_match_in_period: true }),
    });
    fc.assert(
      fc.property(records, writtenDay, fc.nat(200), (all, on, days) => {
        const early = isoDateOf(on);
        const late = lastDayOfMonth(addDays(early, days));
        const before = cohort({ study: dated, records: all, indexDate: early });
        const after = cohort({ study: dated, records: all, indexDate: late });
        for (const [i, { first = "", last = "" }] of before.entries()) {
          if (first !== "") assert.equal(after[i]?.["first"], first);
          assert.ok((after[i]?.["last"] ?? "") >= last);
        }
      }),
      runs,
    );
  });
});
