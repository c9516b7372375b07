/** A study with cohorts of three months, to be measured by the real command. */
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { cohortline, inWorkspace } from "./workspace.ts";
import type { Ended } from "./workspace.ts";

export const study = (codes = '["195967001"]', more = ""): string => `
import { codelist, measure, param, patients, study } from "cohortline";
const asthma = codelist(${codes}, "snomed");
const universal = { rate: "universal" } as const;
const sexes = { ...universal, category: { ratios: { F: 0.5, M: 0.5 } } };
const cohort = study({
  indexDate: "2020-01-01",
  defaultExpectations: { date: { earliest: "2000-01-01", latest: "2020-12-31" }, incidence: 0.5 },
  population: patients.all(),
  columns: {
    sex: patients.sex({ returnExpectations: sexes }),
    asthma: patients.withTheseClinicalEvents(asthma, { onOrBefore: param("until", "index_date") }),${more}
  },
});
export default cohort;
export const measures = [
  measure(cohort, { id: "ill", numerator: "asthma", denominator: "population", groupBy: "sex", smallNumberSuppression: true }),
];
`;

export const FILE = "analysis/study_definition.ts";
const RANGE = ["--index-date-range", "2020-01-01 to 2020-03-01 by month"];
export const dummy = (patients: number, ...more: readonly string[]): readonly string[] => [
  "generate_cohort",
  `--expectations-population=${patients}`,
  ...(more.length === 0 ? RANGE : more),
];
export const oneMonth = (month: string): readonly string[] => [
  "--index-date-range",
  `2020-${month}-01`,
];

const made = mkdtempSync(join(tmpdir(), "cohortline-made-"));
after(() => {
  rmSync(made, { recursive: true, force: true });
});

/** A folder with cohorts of January to March; they are made once. */
export function inMeasured<T>(act: (folder: string) => Promise<T>): Promise<T> {
  return inWorkspace({ [FILE]: study() }, async (folder) => {
    if (!existsSync(join(made, "output"))) {
      await cohortline(folder, dummy(30));
      cpSync(folder, made, { recursive: true });
    }
    cpSync(made, folder, { recursive: true });
    return act(folder);
  });
}

export const codesOf = ({ err }: Ended): readonly string[] =>
  [...err.matchAll(/\[([a-z-]+)\]$/gm)].map(([, code]) => code ?? "");
