/** How the tables of an OMOP database tell of patients, read in plain loops; it shares nothing with the provider. */
import type { FunctionName } from "../../engine/definition/function-table.ts";
import type { Answer, Asked, PatientId } from "../naive/asked.ts";
import { answerCombining } from "../naive/combining.ts";
import { answerFiles } from "../naive/files.ts";
import type { Found } from "../naive/found.ts";
import type { Reading } from "../naive/naive-cohort.ts";
import { text } from "../naive/row.ts";
import type { Records } from "../naive/row.ts";
import { codedRows } from "./coded-rows.ts";
import type { Declared } from "./declared.ts";
import { demographics, people } from "./people.ts";
import { visits } from "./visits.ts";

/** What is not among them OMOP records refuse. */
function answersFrom(declared: Declared) {
  return {
    ...answerCombining,
    ...answerFiles,
    ...demographics,
    ...people(declared),
    ...codedRows(declared),
    ...visits(declared),
  } satisfies { readonly [Name in FunctionName]?: Answer<Name> };
}

export function omopReading(declared: Declared): Reading {
  const answers = answersFrom(declared);
  return { patients, allowed: () => null, answer: (asked) => answered(answers, asked) };
}

export const answeredFunctions = Object.keys(answersFrom({})) as readonly FunctionName[];

function answered<Name extends FunctionName>(
  answers: { readonly [Each in FunctionName]?: Answer<Each> },
  asked: Asked<Name>,
): Found {
  const answer: Answer<Name> | undefined = answers[asked.column.function];
  if (answer === undefined) throw new Error(`${asked.column.function} is refused`);
  return answer(asked);
}

/** Ids of 64 bits are texts in the records of a test. */
function patients(records: Records): readonly PatientId[] {
  return (records["person"] ?? []).map((row): PatientId => {
    const id = text(row, "person_id") ?? "";
    return Number.isSafeInteger(Number(id)) ? Number(id) : id;
  });
}
