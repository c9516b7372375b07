/** Records of a hospital's own making for tests of mapping files: tables in a schema of a database file, and a study. */
import { join } from "node:path";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { trustedSql } from "../../engine/text/sql.ts";
import { cohortline, inWorkspace } from "./workspace.ts";
import type { Ended } from "./workspace.ts";

export const study = `import { codelist, patients, study } from "cohortline";

const asthma = codelist(["195967001", "304527002"], "snomed");
const month = ["index_date", "last_day_of_month(index_date)"] as const;
export default study({
  indexDate: "2020-01-01",
  population: patients.all(),
  columns: {
    sex: patients.sex(),
    age: patients.ageAsOf("index_date"),
    seen: patients.withTheseClinicalEvents(asthma, { between: month, returning: "number_of_matches_in_period" }),
    peak_flow: patients.withTheseClinicalEvents(asthma, {
      between: month,
      returning: "numeric_value",
      findLastMatchInPeriod: true,
    }),
  },
});
`;

/** A woman, a man, and somebody of whom nobody knows it. */
export const tables: readonly string[] = [
  "CREATE SCHEMA ward",
  "CREATE TABLE ward.person AS SELECT * FROM (VALUES (1, 2, DATE '1980-02-03', DATE '9999-12-31'), (2, 1, DATE '1950-01-01', DATE '2020-01-15'), (3, NULL, DATE '2000-01-01', NULL)) t(nr, gender, born, died)",
  "CREATE TABLE ward.diagnosis AS SELECT * FROM (VALUES (1::BIGINT, 1, '195967001', DATE '2020-01-10'), (2, 2, '304527002', DATE '2020-02-11'), (3, 2, '22298006', DATE '2020-02-11')) t(id, nr, code, seen)",
  "CREATE TABLE ward.lab AS SELECT * FROM (VALUES (11::BIGINT, 1, 304527002::BIGINT, TIMESTAMP '2020-01-20 10:00:00', 5.5, 'F'), (12, 3, 304527002, TIMESTAMP '2020-02-11 08:00:00', 7.25, 'X'), (13, 3, 304527002, TIMESTAMP '2020-02-10 08:00:00', 6.5, 'C')) t(id, nr, code, taken, result, status)",
];

export const mapping = `based_on: nothing
tables:
  patients:
    from: ward.person
    fields:
      patient_id: nr
      sex: {renamed: gender, names: {1: M, 2: F}, others: ""}
      born_on: born
      died_on: {unless: died, texts: ["9999-12-31"]}
  events:
    - from: ward.diagnosis
      fields: {patient_id: nr, code: {system: snomed, text: code}, recorded_at: seen, event_id: id, numeric_value: missing}
    - from: ward.lab
      where: {status: [F, C]}
      fields:
        patient_id: nr
        code: {system: snomed, text: {whole_number_as_text: code}}
        recorded_at: taken
        numeric_value: result
        event_id: id
`;

/** The cohorts that the study makes of them. */
export const january = [
  "patient_id,sex,age,seen,peak_flow",
  "1,F,39,2,5.5",
  "2,M,70,0,0.0",
  "3,,20,0,0.0",
];
export const february = [
  "patient_id,sex,age,seen,peak_flow",
  "1,F,39,0,0.0",
  "2,M,70,1,0.0",
  "3,,20,1,6.5",
];

const range = "--index-date-range=2020-01-01 to 2020-02-01 by month";

export function extraction(options = "", ...words: readonly string[]): readonly string[] {
  return ["generate_cohort", `--database-url=duckdb:records.duckdb${options}`, range, ...words];
}

/** Gives `act` a study with its records, in other tables where they are given. A file of null is not there. */
export async function inHomeMade(
  act: (folder: string, run: (...words: readonly string[]) => Promise<Ended>) => Promise<void>,
  {
    files = {},
    made = tables,
  }: {
    readonly files?: Readonly<Record<string, string | null>>;
    readonly made?: readonly string[];
  } = {},
): Promise<void> {
  const all = { "analysis/study_definition.ts": study, "records.yaml": mapping, ...files };
  const there = Object.entries<string | null>(all).filter(
    (file): file is [string, string] => file[1] !== null,
  );
  await inWorkspace(Object.fromEntries(there), async (folder) => {
    const db = await openDuckDb({ path: join(folder, "records.duckdb") });
    try {
      for (const statement of made) await db.run(trustedSql(statement));
    } finally {
      db.close();
    }
    await act(folder, (...words) => cohortline(folder, words));
  });
}
