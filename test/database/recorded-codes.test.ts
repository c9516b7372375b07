/** Which codes of a study's codelists its database holds, held to plain loops over the rows. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CodelistFound } from "../../engine/backend/backend.ts";
import { databaseBackend } from "../../engine/backend/database/database-backend.ts";
import type { Evaluate } from "../../engine/backend/database/backend-options.ts";
import { openRecords } from "../../engine/backend/connect.ts";
import { isoDateOf, lastDayOfMonth } from "../../engine/base/dates.ts";
import { checked, events } from "../definition/study-of.ts";
import type { Calls } from "../definition/study-of.ts";
import type { Records, Row } from "../naive/row.ts";
import { everybody, inDatabase, PATH } from "./in-database.ts";
import { backendOptions, textsFrom } from "./small-records.ts";

interface Asked {
  readonly columns: Calls;
  readonly indexDates: readonly string[];
  readonly evaluate?: Evaluate;
  readonly url?: string;
}

/** What is heard of each codelist, by the columns that ask for it; of each evaluation. */
async function heard(workspace: string, asked: Asked): Promise<readonly CodelistFound[]> {
  const { columns, indexDates, evaluate = "one-pass", url = everybody } = asked;
  const study = checked(columns);
  const records = await openRecords(url, workspace, { environment: {}, note: () => undefined });
  const all: CodelistFound[] = [];
  const onCodelists = (found: readonly CodelistFound[]): void => void all.push(...found);
  const asking = { workspace, study, indexDates, evaluate, onCodelists };
  await textsFrom(await databaseBackend(records, backendOptions(asking)), asking);
  return all;
}

const recordedIn = (found: readonly CodelistFound[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    found.map(({ columns, recorded, size, isCounted, isSome }) => {
      const codes = isCounted ? [...recorded].sort().join(" ") : isSome ? "some" : "";
      return [columns.join(" "), `${codes} of ${size}`];
    }),
  );

const CODES = ["A1...", "B2...", "C3...", "D4..."];
const months = ["2020-02-01", "2020-03-01", "2020-05-01"];

/** What a period is at an index date. */
const periods: Readonly<
  Record<string, { readonly args: object; readonly holds: (day: string, date: string) => boolean }>
> = {
  always: { args: {}, holds: () => true },
  before: { args: { on_or_before: "index_date" }, holds: (day, date) => day <= date },
  after: { args: { on_or_after: "index_date" }, holds: (day, date) => day >= date },
  month: {
    args: { between: ["index_date", "last_day_of_month(index_date)"] },
    holds: (day, date) => day >= date && day <= lastDayOfMonth(isoDateOf(date)),
  },
  written: {
    args: { between: ["2020-02-10", "2020-02-20"] },
    holds: (day) => day >= "2020-02-10" && day <= "2020-02-20",
  },
  reversed: { args: { between: ["2020-02-20", "2020-02-10"] }, holds: () => false },
};

const aRow = fc.record({
  code: fc.constantFrom(...CODES),
  day: fc.integer({ min: 1, max: 28 }),
  month: fc.integer({ min: 1, max: 6 }),
});
const aColumn = fc.record({
  codes: fc.subarray(CODES, { minLength: 1 }),
  period: fc.constantFrom(...Object.keys(periods)),
});
const aDay = ({ day, month }: { readonly day: number; readonly month: number }): string =>
  `2020-0${month}-${String(day).padStart(2, "0")}`;

describe("codes of codelists", () => {
  const rows =
    fc.sample(fc.array(aRow, { minLength: 6, maxLength: 6 }), { numRuns: 1, seed: 7 })[0] ?? [];
  const records: Records = {
    Patient: [{ Patient_ID: 1, DateOfBirth: "1980-01-01", Sex: "F" }],
    CodedEvent: rows.map((row, i): Row => ({
      ...{ Patient_ID: 1, CodedEvent_ID: i, CTV3Code: row.code, NumericValue: 1 },
      ConsultationDate: `${aDay(row)}T09:00:00`,
    })),
  };

  it("are recorded if they are in the period of some column at some index date", () =>
    inDatabase(records, async (workspace) => {
      const asks = fc.record({
        columns: fc.array(aColumn, { minLength: 1, maxLength: 4 }),
        indexDates: fc.subarray(months, { minLength: 1 }),
        evaluate: fc.constantFrom<Evaluate>("one-pass", "per-date"),
      });
      await fc.assert(
        fc.asyncProperty(asks, async ({ columns, indexDates, evaluate }) => {
          const calls = columns.map(({ codes, period }, i) => {
            const codelist = { system: "ctv3", codes };
            return [`c${i}`, events({ codelist, ...periods[period]?.args })] as const;
          });
          const asked = { columns: Object.fromEntries(calls), indexDates, evaluate };
          const found: Record<string, Set<string>> = {};
          for (const { columns: names, recorded } of await heard(workspace, asked)) {
            const known = (found[names.join()] ??= new Set());
            for (const code of recorded) known.add(code);
          }
          const expected: Record<string, Set<string>> = {};
          for (const { codes } of columns) {
            // Columns with the same codes ask for one codelist.
            const alike = columns.flatMap((each, i) => {
              return each.codes.join() === codes.join() ? [{ ...each, name: `c${i}` }] : [];
            });
            const recorded = rows.filter((row) =>
              alike.some(({ period }) =>
                indexDates.some((date) => periods[period]?.holds(aDay(row), date)),
              ),
            );
            const those = recorded.map(({ code }) => code).filter((code) => codes.includes(code));
            expected[alike.map(({ name }) => name).join()] = new Set(those);
          }
          assert.deepEqual(found, expected);
        }),
        { numRuns: 10, seed: 20200301 },
      );
    }));
});

describe("codes of a codelist", () => {
  const row = (id: number, code: string): Row => ({
    ...{ Patient_ID: id, CodedEvent_ID: id, CTV3Code: code, NumericValue: 1 },
    ConsultationDate: "2020-02-03T00:00:00",
  });
  const records: Records = {
    Patient: [1, 2].map((id) => ({ Patient_ID: id, DateOfBirth: "1980-01-01", Sex: "F" })),
    AllowedPatientsWithTypeOneDissent: [{ Patient_ID: 1 }],
    CodedEvent: [row(1, "A1..."), row(2, "B2...")],
    MedicationIssue: [
      {
        Patient_ID: 1,
        MedicationIssue_ID: 1,
        MultilexDrug_ID: "now",
        ConsultationDate: "2020-02-03T00:00:00",
      },
    ],
    MedicationDictionary: [{ MultilexDrug_ID: "now", DMD_ID: "900" }],
    VmpMapping: [{ id: "900", prev_id: "100" }],
    APCS_ARCHIVED: [
      {
        Patient_ID: 1,
        APCS_Ident: 1,
        Admission_Date: "2020-02-03",
        Der_Diagnosis_All: "||I639 ,E119||",
      },
    ],
    APCS_Der_ARCHIVED: [{ Patient_ID: 1, APCS_Ident: 1, Spell_Primary_Diagnosis: "I639" }],
    ONS_Deaths: [{ Patient_ID: 1, dod: "2020-02-03", icd10u: "C34", ICD10001: "J18" }],
  };
  const codelist = (...codes: readonly string[]) => ({ system: "ctv3", codes });
  const icd10 = (...codes: readonly string[]) => ({ system: "icd10", codes });
  const columns: Calls = {
    seen: events({ codelist: codelist("A1...", "B2...", "Z9...") }),
    medicine: ["with_these_medications", { codelist: { system: "snomed", codes: ["100", "555"] } }],
    stroke: [
      "admitted_to_hospital",
      { with_these_diagnoses: icd10("I63", "I64"), returning: "binary_flag" },
    ],
    cancer: [
      "admitted_to_hospital",
      { with_these_primary_diagnoses: icd10("C34"), returning: "binary_flag" },
    ],
    died: [
      "with_these_codes_on_death_certificate",
      { codelist: icd10("J18", "X00"), returning: "binary_flag" },
    ],
    cause: [
      "with_these_codes_on_death_certificate",
      {
        codelist: icd10("C34", "X01"),
        match_only_underlying_cause: true,
        returning: "binary_flag",
      },
    ],
  };
  const asked = { columns, indexDates: ["2020-02-01"] };
  const found = {
    medicine: "100 of 2",
    stroke: "some of 2",
    cancer: " of 1",
    died: "some of 2",
    cause: "c34 of 2",
  };

  it("are found in every table: one by one in fields of codes, otherwise whether there is any", () =>
    inDatabase(records, async (workspace) => {
      assert.deepEqual(recordedIn(await heard(workspace, asked)), {
        seen: "A1... B2... of 3",
        ...found,
      });
    }));

  it("are found in a period of one day, and not in one that ends before it begins", () =>
    inDatabase(records, async (workspace) => {
      const of = (from: string, to: string) =>
        events({ codelist: codelist("A1..."), between: [from, to] });
      const indexDates = ["2020-02-03"];
      for (const [from, to, recorded] of [
        ["index_date", "index_date", "A1... of 1"],
        ["2020-02-03", "2020-02-03", "A1... of 1"],
        ["2020-02-04", "2020-02-02", " of 1"],
      ] as const) {
        const columns = { seen: of(from, to) };
        assert.deepEqual(recordedIn(await heard(workspace, { columns, indexDates })), {
          seen: recorded,
        });
      }
    }));

  it("are not looked for in the records of patients who opted out", () =>
    inDatabase(records, async (workspace) => {
      const url = `duckdb:${PATH}`;
      assert.deepEqual(recordedIn(await heard(workspace, { ...asked, url })), {
        seen: "A1... of 3",
        ...found,
      });
    }));
});
