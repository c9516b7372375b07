/** Patients whose ids are hashes, and the cohort of a study over them. */
import { createHash } from "node:crypto";
import { emisTables } from "../../engine/schema/emis/emis-tables.ts";
import type { Calls } from "../definition/study-of.ts";
import type { Records } from "../naive/row.ts";
import { snomed } from "./emis-records.ts";

export const hashedTables = emisTables("text");

export const hashes = Array.from({ length: 5 }, (_, i) =>
  createHash("sha512").update(`registration ${i}`).digest("hex"),
);

/** The first 63 bits. */
export function numberOf(hash: string): bigint {
  return BigInt(`0x${hash.slice(0, 16)}`) >> 1n;
}

export const hashedRecords: Records = {
  patient_all_orgs_v2: hashes.map((registration_id, i) => ({
    registration_id,
    date_of_birth: `19${50 + i}-01-01`,
  })),
  // Another system writes the digits of the hash in capital letters.
  observation_all_orgs_v2: hashes.slice(0, 3).map((hash) => ({
    registration_id: hash.toUpperCase(),
    snomed_concept_id: 10,
    effective_date: "2020-02-01T00:00:00",
  })),
};

export const hashedColumns: Calls = {
  age: ["age_as_of", { reference_date: "2020-01-01" }],
  seen: ["with_these_clinical_events", { codelist: snomed("10"), on_or_before: "index_date" }],
  told: ["with_value_from_file", { f_path: "told.csv", returning: "score", returning_type: "int" }],
};

const scored = [hashes[1], hashes[4]].map((hash) => String(numberOf(hash ?? "")));
export const hashedFiles = { "told.csv": `patient_id,score\n${scored[0]},7\n${scored[1]},8\n` };

const expected = hashes
  .map((hash, i) => ({
    id: numberOf(hash),
    cells: [70 - i, i < 3 ? 1 : 0, { 1: 7, 4: 8 }[i] ?? 0],
  }))
  .sort((a, b) => (a.id < b.id ? -1 : 1));

export const hashedIds = expected.map(({ id }) => id);
export const hashedCsv = [
  "patient_id,age,seen,told",
  ...expected.map(({ id, cells }) => [id, ...cells].join()),
];
