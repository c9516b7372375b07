/** Small records in the tables of an EMIS database, and what a study finds in them. */
import assert from "node:assert/strict";
import { emisTables } from "../../engine/schema/emis/emis-tables.ts";
import type { Call, Calls } from "../definition/study-of.ts";
import type { Row } from "../naive/row.ts";
import { lines, stopped } from "./one-cohort.ts";

export interface EmisRecords {
  readonly patients: readonly Row[];
  readonly observations?: readonly Row[];
  readonly medications?: readonly Row[];
  readonly immunisations?: readonly Row[];
  readonly deaths?: readonly Row[];
  readonly notifications?: readonly Row[];
  readonly intensiveCare?: readonly Row[];
}

/** Ids are whole numbers. */
export function recordsOf(given: EmisRecords) {
  return {
    patient_all_orgs_v2: given.patients,
    observation_all_orgs_v2: given.observations ?? [],
    medication_all_orgs_v2: given.medications ?? [],
    immunisation_all_orgs_v2: given.immunisations ?? [],
    ons_view: given.deaths ?? [],
    cpns_view: given.notifications ?? [],
    icnarc_view: given.intensiveCare ?? [],
  };
}

const URL = "duckdb:records.duckdb?provider=emis";
const tables = emisTables("int");

/** The cohort at 1 March 2020 by column, in the order of the patients; `patient_id` too. */
export async function foundIn(
  given: EmisRecords,
  columns: Calls,
  population?: Call,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const question = { columns, url: URL, tables, ...(population ? { population } : {}) };
  const [header = "", ...rows] = await lines(recordsOf(given), question);
  const cells = rows.map((row) => row.split(","));
  return Object.fromEntries(
    header.split(",").map((name, place) => [name, cells.map((row) => row[place] ?? "")]),
  );
}

export function stoppedIn(given: EmisRecords, columns: Calls) {
  return stopped(recordsOf(given), { columns, url: URL, tables });
}

export const snomed = (...codes: readonly string[]) => ({ system: "snomed", codes });

/** An event or a medication, its code in digits; a date that is left out is missing. */
export function coded(
  registration: number,
  code: number | string,
  date?: string,
  value?: number,
): Row {
  return {
    registration_id: registration,
    snomed_concept_id: code,
    ...(date === undefined ? {} : { effective_date: `${date}T00:00:00` }),
    ...(value === undefined ? {} : { value_pq_1: value }),
  };
}

/** That columns, each a call and then its cells, hold these. */
export async function holds(
  records: EmisRecords,
  asked: Readonly<Record<string, readonly unknown[]>>,
): Promise<void> {
  const calls = Object.entries(asked).map(
    ([name, call]) => [name, call.slice(0, -1)] as unknown as readonly [string, Call],
  );
  const found = await foundIn(records, Object.fromEntries(calls));
  const wanted = Object.entries(asked).map(([name, call]) => [name, call.at(-1)]);
  const shown = Object.entries(found).filter(([name]) => name !== "patient_id");
  assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(wanted));
}

export const day = { date_format: "YYYY-MM-DD" };

/** A call for events with one of the codes. */
export const events = (args: object, ...codes: readonly string[]) =>
  ["with_these_clinical_events", { codelist: snomed(...codes), ...args }] as const;
