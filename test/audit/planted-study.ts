/** A study and its cohort files in which a leak is planted. */

/** Patients who are alike. */
export interface Some {
  readonly count: number;
  readonly region: string;
  readonly sex?: string;
  readonly ill?: boolean;
  readonly severe?: boolean;
  readonly age?: number;
}

/** Numerator, denominator, groups, whether small numbers are hidden, and how they are rounded. */
export type Asked = readonly [string, string, readonly string[], boolean, rounding?: string];

export function idOf([numerator, , keys, , rounding]: Asked): string {
  const how = rounding === undefined ? [] : [rounding.replace(/\W+/g, "_").replace(/^_|_$/g, "")];
  return [`${numerator}_by_${keys.join("_")}`, ...how].join("_");
}

/** Of eight years each. */
const youngBands = ["0-7", "8-15", "16-23", "24-31", "32-39"];

export function studyOf(measures: readonly Asked[]): string {
  const made = measures.map((asked) => {
    const [numerator, denominator, keys, hides, rounding] = asked;
    const groupBy = JSON.stringify(keys.length === 0 ? "population" : keys);
    const how = rounding === undefined ? "" : `, rounding: ${rounding}`;
    return `measure(cohort, { id: "${idOf(asked)}", numerator: "${numerator}", denominator: "${denominator}", groupBy: ${groupBy}, smallNumberSuppression: ${hides}${how} })`;
  });
  return `
import { codelist, measure, patients, study } from "cohortline";
const codes = codelist(["195967001"], "snomed");
const cohort = study({
  indexDate: "2020-01-01",
  population: patients.all(),
  columns: {
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name"),
    sex: patients.sex(),
    ill: patients.withTheseClinicalEvents(codes, { onOrBefore: "index_date" }),
    severe: patients.withTheseClinicalEvents(codes, { onOrBefore: "index_date" }),
    both: patients.satisfying("ill AND severe"),
    well: patients.satisfying("NOT ill"),
    age: patients.ageAsOf("index_date"),
    age_band: patients.categorisedAs({ ${youngBands.map((band, at) => `"${band}": "age < ${8 * at + 8}"`).join(", ")}, "40+": "DEFAULT" }),
    twenties: patients.categorisedAs({ "else": "DEFAULT", "20-29": "age > 19 AND NOT age > 29" }),
    adult: patients.categorisedAs({ "child": "(years) <= 15", "16-29": "years < 30", "older": "DEFAULT" }),
    years: patients.ageAsOf("index_date"),
    age_group: patients.categorisedAs({ "0-39": "age < 40", "40+": "DEFAULT" }),
  },
});
export default cohort;
export const measures = [${made.join(", ")}];
`;
}

export function cohortFile(some: readonly Some[]): string {
  const rows = some.flatMap(
    ({ count, region, sex = "F", ill = false, severe = false, age = 50 }) => {
      const flags = [ill, severe, ill && severe, !ill].map(Number).join();
      const band = youngBands[Math.floor(age / 8)] ?? "40+";
      const wide = age < 40 ? "0-39" : "40+";
      const adult = age < 16 ? "child" : age < 30 ? "16-29" : "older";
      const ageColumns = [age, band, wide, adult, age > 19 && age < 30 ? "20-29" : "else"].join();
      return Array.from({ length: count }, () => `${region},${sex},${flags},${ageColumns}`);
    },
  );
  const header = "patient_id,region,sex,ill,severe,both,well,age,age_band,age_group,adult,twenties";
  return [header, ...rows.sort().map((row, at) => `${at + 1},${row}`), ""].join("\n");
}

/** Files that a description names as the audit of a folder does. */
export const releaseOf = (
  measures: readonly object[],
  files: Readonly<Record<string, string>>,
  more: object = {},
): object => ({
  ...{ format: 1, columns: { ill: { kind: "flag" } }, ...more },
  releases: [{ name: "output", study: "s", data: "d", measures, files }],
});

/** As a description has it, of those that are not rounded. */
export function askedOf(asked: Asked): object {
  const [numerator, denominator, keys, hides] = asked;
  return {
    ...{ id: idOf(asked), numerator, denominator, group_by: keys },
    small_number_suppression: hides,
  };
}

export function filesOf(
  all: readonly Asked[],
  read: (id: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(all.map((asked) => [`measure_${idOf(asked)}.csv`, read(idOf(asked))]));
}
