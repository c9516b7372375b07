import assert from "node:assert/strict";
import { checked } from "../definition/study-of.ts";
import type { Call, Calls } from "../definition/study-of.ts";
import type { PhysicalTables } from "../../engine/schema/physical-table.ts";
import type { Records } from "../naive/row.ts";
import { problemsOf } from "../table/problem-of.ts";
import { everybody, inDatabase } from "./in-database.ts";
import { cohortTexts } from "./small-records.ts";
import type { Asking } from "./small-records.ts";

interface Question {
  readonly columns: Calls;
  readonly population?: Call;
  readonly files?: Asking["files"];
  readonly url?: string;
  /** Of the database; those of TPP if absent. */
  readonly tables?: PhysicalTables;
}

/** The lines of the only cohort. */
export async function lines(records: Records, question: Question): Promise<readonly string[]> {
  const { columns, population, files = {}, url = everybody, tables } = question;
  const found: string[] = [];
  await inDatabase(
    records,
    async (workspace) => {
      const study = checked(columns, population);
      const asking = { workspace, study, indexDates: ["2020-03-01"], files };
      const [text = ""] = await cohortTexts(url, asking);
      found.push(...text.trimEnd().split("\n"));
    },
    tables,
  );
  return found;
}

/** The one problem that stops it. */
export async function stopped(records: Records, question: Question) {
  const [only, ...more] = await problemsOf(() => lines(records, question));
  assert.deepEqual(more, []);
  assert.ok(only);
  return only;
}

export const three: Records = {
  Patient: [
    { Patient_ID: 11, Sex: "F", DateOfBirth: "1950-01-01" },
    { Patient_ID: 5, Sex: "M", DateOfBirth: "1960-01-01" },
    { Patient_ID: 7, Sex: "F", DateOfBirth: "1970-01-01" },
  ],
  AllowedPatientsWithTypeOneDissent: [{ Patient_ID: 11 }, { Patient_ID: 7 }],
};
