/** Random small databases, made to hit what random studies ask for. */
import fc from "fast-check";
import type { Records, Row } from "../naive/row.ts";
import { datasetTables } from "./random-dataset-rows.ts";
import { eventTables } from "./random-event-rows.ts";
import { hospitalTables } from "./random-hospital-rows.ts";
import { patientFacts, placeTables } from "./random-place-rows.ts";
import { forPatients } from "./random-rows.ts";

const tables = fc.record({ ...eventTables, ...placeTables, ...datasetTables, ...hospitalTables });

/** Ids far apart and not in order. */
const patientIds = fc.shuffledSubarray([1, 2, 3, 7, 11, 40, 66, 1000], { minLength: 3 });

/**
 * Tables as a database of TPP holds them. An absent column is NULL. At most one row a patient in the
 * tables that two of would stop the run.
 */
export const randomRecords: fc.Arbitrary<Records> = fc
  .tuple(patientIds, patientFacts, tables)
  .map(([ids, facts, all]) => {
    const filled = Object.entries(all).map(
      ([name, rows]) => [name, ownTo(name, rows, ids)] as const,
    );
    const patients = ids.map((id, i): Row => {
      const told = Object.entries(facts[i] ?? {}).filter(([, cell]) => cell !== null);
      return { Patient_ID: id, ...Object.fromEntries(told) };
    });
    return { Patient: patients, ...Object.fromEntries(filled) };
  });

/** Where two rows of a patient are a mistake, the patients that are not there take theirs away. */
const ONE_EACH = [
  "HouseholdMember",
  "UKRR",
  "CPNS",
  "ISARIC_Patient_Data_TopLine",
  "AllowedPatientsWithTypeOneDissent",
];

function ownTo(name: string, rows: readonly Row[], ids: readonly number[]): readonly Row[] {
  if (!ONE_EACH.includes(name)) return forPatients(rows, ids);
  return forPatients(
    rows.filter((row) => Number(row["Patient_ID"]) < ids.length),
    ids,
  );
}
