/** The codes that are in the tables of TPP, and those that studies look for. */
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { identifier, joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { TppTable } from "../insert.ts";
import type { CodeUse, StudyCodes } from "../study-codes.ts";
import type { CodeSystem, RecordedCode } from "./vocabulary.ts";

/** A table of the synthetic records as TPP would hold them. */
export function tpp(table: TppTable): Sql {
  return sql`tpp.${identifier(table)}`;
}

/** What a field with several codes holds: `||I219 ,J459, E119`. */
export function codesIn(field: string): Sql {
  return sql`regexp_extract_all(${identifier(field)}, '[A-Z][0-9A-Z.]+')`;
}

/** Places of diagnoses that are filled. */
export const EMERGENCY_PLACES = [1, 2, 3, 4].map((place) => `EC_Diagnosis_0${place}`);

const queries: readonly (readonly [CodeSystem, Sql])[] = [
  [
    "snomed",
    sql`SELECT "ConceptID" AS code, "NumericValue" > 0 AS measured FROM ${tpp("CodedEvent_SNOMED")}`,
  ],
  ...EMERGENCY_PLACES.map(
    (place) =>
      [
        "snomed",
        sql`SELECT ${identifier(place)} AS code, false AS measured FROM ${tpp("EC_Diagnosis_ARCHIVED")}`,
      ] as const,
  ),
  [
    "ctv3",
    sql`SELECT "CTV3Code" AS code, "NumericValue" > 0 AS measured FROM ${tpp("CodedEvent")}`,
  ],
  [
    "icd10",
    sql`SELECT unnest(${codesIn("Der_Diagnosis_All")}) AS code, false AS measured FROM ${tpp("APCS_ARCHIVED")}`,
  ],
  ["icd10", sql`SELECT icd10u AS code, false AS measured FROM ${tpp("ONS_Deaths")}`],
  [
    "opcs4",
    sql`SELECT unnest(${codesIn("Der_Procedure_All")}) AS code, false AS measured FROM ${tpp("APCS_ARCHIVED")}`,
  ],
  [
    "opcs4",
    sql`SELECT "Primary_Procedure_Code" AS code, false AS measured FROM ${tpp("OPA_Proc_ARCHIVED")}`,
  ],
  ["dmd", sql`SELECT "DMD_ID" AS code, false AS measured FROM ${tpp("MedicationDictionary")}`],
  [
    "vaccine",
    sql`SELECT "VaccinationName" AS code, false AS measured FROM ${tpp("VaccinationReference")}`,
  ],
];

const uses: { readonly [Use in CodeUse]?: CodeSystem } = {
  snomed: "snomed",
  "emergency-diagnosis": "snomed",
  ctv3: "ctv3",
  medication: "dmd",
  "death-cause": "icd10",
  diagnosis: "icd10",
  procedure: "opcs4",
  "outpatient-procedure": "opcs4",
};

export async function recordedCodes(
  db: Pick<DuckDb, "rows">,
  { groups }: StudyCodes,
): Promise<readonly RecordedCode[]> {
  const wanted = wantedCodes(groups);
  const each = queries.map(
    ([system, query]) => sql`SELECT ${system} AS system, code, measured FROM (${query})`,
  );
  const found = await db.rows(
    sql`SELECT system, code, coalesce(bool_or(measured), false) AS measured FROM (${joinSql(each, " UNION ALL ")})
      WHERE code IS NOT NULL GROUP BY ALL`,
  );
  const all = new Map<string, RecordedCode>();
  for (const { system, code } of wanted)
    all.set(`${system} ${code}`, { system, code, isMeasured: false, isWanted: true });
  for (const row of found) {
    const [system, code] = [row["system"] as CodeSystem, String(row["code"])];
    const isMeasured = row["measured"] === true;
    const key = `${system} ${code}`;
    all.set(key, { system, code, isMeasured, isWanted: all.has(key) });
  }
  return [...all.values()];
}

function wantedCodes(groups: StudyCodes["groups"]) {
  return Object.entries(uses).flatMap(([use, system]) =>
    (groups[use as CodeUse] ?? []).flatMap(({ codes }) => codes.map((code) => ({ system, code }))),
  );
}
