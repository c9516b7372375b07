/**
 * The pages of a small study, agreed on to the byte. Its cohorts are worked out here, row by row, so that no page
 * depends on how dummy data are drawn or on the day.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cohortReport } from "../../engine/commands/cohort-report.ts";
import { generateMeasures } from "../../engine/commands/generate-measures.ts";
import { measuresReport } from "../../engine/commands/measures-report.ts";
import { requestFor } from "../../engine/options/command-table.ts";
import { quietContext } from "../conformance/quiet-context.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";

export const goldenPages = ["measures.html", "cohort_report.html"] as const;

export function pageFile(name: string): string {
  return join(import.meta.dirname, "pages", name);
}

const study = `import { codelist, measure, patients, study } from "cohortline";
const cohort = study({
  indexDate: "2020-01-01",
  population: patients.registeredAsOf("index_date"),
  columns: {
    sex: patients.sex(),
    age: patients.ageAsOf("index_date"),
    practice: patients.registeredPracticeAsOf("index_date", "pseudo_id"),
    asthma: patients.withTheseClinicalEvents(codelist(["H33.."], "ctv3"), { returning: "binary_flag" }),
    first_asthma: patients.withTheseClinicalEvents(codelist(["H33.."], "ctv3"), {
      returning: "date",
      dateFormat: "YYYY-MM-DD",
      findFirstMatchInPeriod: true,
    }),
  },
});
export default cohort;
const asked = { numerator: "asthma", denominator: "population" } as const;
export const measures = [
  measure(cohort, { id: "asthma_all", ...asked, groupBy: "population", rounding: "midpoint6" }),
  measure(cohort, { id: "asthma_by_sex", ...asked, groupBy: "sex", smallNumberSuppression: true }),
  measure(cohort, { id: "asthma_by_practice", ...asked, groupBy: "practice", smallNumberSuppression: true }),
];
`;

const MONTHS = ["01", "02", "03", "04", "05", "06"];

/** 600 patients of 12 practices; more of them are ill from month to month, and few have no known sex. */
function cohortText(month: number): string {
  const rows = Array.from({ length: 600 }, (_, at) => {
    const sex = at % 150 === 149 ? "U" : at % 2 === 0 ? "F" : "M";
    const isIll = (at * 37) % 100 < 12 + month * 2 + (at % 12);
    const first = isIll ? `${1990 + (at % 30)}-0${1 + (at % 9)}-15` : "";
    return `${at + 1},${sex},${(at * 7) % 100},${1 + (at % 12)},${isIll ? 1 : 0},${first}`;
  });
  return ["patient_id,sex,age,practice,asthma,first_asthma", ...rows, ""].join("\n");
}

/** What is left is 600 in the end; one condition leaves so few that nothing is shown. */
function attritionText(): string {
  const steps = [
    "patients of the database",
    "did not opt out of data sharing",
    "age >= 18 -- adults",
    "registered",
  ];
  const rows = MONTHS.flatMap((month, at) =>
    steps.map((step, i) => {
      const left = at === 1 && i > 1 ? "" : String(903 - 102 * i);
      return `2020-${month}-01,${i},${step},${left},${i === 0 ? 0 : 102}`;
    }),
  );
  return ["index_date,step,condition,patients_left,patients_removed", ...rows, ""].join("\n");
}

/** By name. */
export function pageTexts(): Promise<ReadonlyMap<string, string>> {
  return inScratchFolder(async (folder) => {
    for (const inside of ["analysis", "output"]) mkdirSync(join(folder, inside));
    writeFileSync(join(folder, "analysis/study_definition.ts"), study);
    MONTHS.forEach((month, at) => {
      writeFileSync(join(folder, `output/input_2020-${month}-01.csv`), cohortText(at));
    });
    writeFileSync(join(folder, "output/attrition.csv"), attritionText());
    const context = quietContext(folder);
    await generateMeasures(requestFor("generate_measures", { workers: 1 }), context);
    await measuresReport(requestFor("measures_report", {}), context);
    await cohortReport(requestFor("cohort_report", {}), context);
    return new Map(
      goldenPages.map((name) => [name, readFileSync(join(folder, "output", name), "utf8")]),
    );
  });
}
