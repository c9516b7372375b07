/**
 * What the example studies give, from dummy data and from `fixtures/patients`, on a few of their index dates:
 * the head and the checksum of every cohort file, and every measure file whole.
 */
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { requestFor } from "../../engine/options/command-table.ts";
import type { RequestOf } from "../../engine/options/command-table.ts";
import { cohortJoiner } from "../../engine/commands/cohort-joiner.ts";
import { generateCohort } from "../../engine/commands/generate-cohort.ts";
import { generateMeasures } from "../../engine/commands/generate-measures.ts";
import { quietContext } from "../conformance/quiet-context.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";

const root = join(import.meta.dirname, "../..");

const sources = {
  "dummy-data": { expectationsPopulation: 1000 },
  patients: { databaseUrl: `duckdb:${join(root, "fixtures/patients")}` },
} as const satisfies Readonly<Record<string, Partial<RequestOf<"generate_cohort">>>>;

/** Makes a cohort of a study, of its own index date where no range is given. */
type MakeCohort = (studyDefinition: string, indexDateRange?: string) => Promise<unknown>;

interface Workspace {
  readonly cohort: MakeCohort;
  readonly measures: (outputDir: string) => Promise<unknown>;
  readonly joined: (sides: { readonly lhs: string; readonly rhs: string }) => Promise<unknown>;
  /** Stands for the study's own matching, which is a Python program. */
  readonly match: () => void;
}

export interface GoldenResult {
  /** A folder of `study-definitions/`. */
  readonly study: string;
  readonly source: keyof typeof sources;
}

const studies: Readonly<Record<string, (workspace: Workspace) => Promise<void>>> = {
  "prescribing-safety": async ({ cohort, measures }) => {
    await cohort("study_definition", "2021-11-01 to 2021-12-01 by month");
    await measures("output");
  },
  "vaccine-coverage": async ({ cohort, measures }) => {
    await cohort("study_definition", "2021-12-20 to 2021-12-27 by week");
    await measures("output");
  },
  "covid-matched-cohort": async ({ cohort, match }) => {
    await cohort("study_definition_cases");
    await cohort("study_definition_candidates");
    match();
    await cohort("study_definition_comparators");
  },
  "hospital-activity": async ({ cohort, measures, joined }) => {
    await cohort("study_definition", "2020-03-01 to 2020-04-01 by month");
    await cohort("study_definition_ethnicity");
    await joined({ lhs: "output/input_2*.csv", rhs: "output/input_ethnicity.csv" });
    await measures("output/joined");
  },
};

export const goldenResults: readonly GoldenResult[] = Object.keys(studies).flatMap((study) =>
  (["dummy-data", "patients"] as const).map((source) => ({ study, source })),
);

export function resultFile({ study, source }: GoldenResult): string {
  return join(import.meta.dirname, `${study}.${source}.txt`);
}

/** The comparators that match.py chooses, agreed on: tests need no Python. */
export function comparatorsFile({ study, source }: GoldenResult): string {
  return join(import.meta.dirname, `${study}.${source}.comparators.csv`);
}

/** `match` makes `output/comparators.csv` in the folder; it puts there what was agreed on if not given. */
export function resultText(
  result: GoldenResult,
  match = (folder: string): void => {
    copyFileSync(comparatorsFile(result), join(folder, "output/comparators.csv"));
  },
): Promise<string> {
  return inScratchFolder(async (folder) => {
    cpSync(join(root, "study-definitions", result.study, "analysis"), join(folder, "analysis"), {
      recursive: true,
    });
    cpSync(join(root, "study-definitions", result.study, "codelists"), join(folder, "codelists"), {
      recursive: true,
    });
    const context = quietContext(folder);
    await studies[result.study]?.({
      cohort: (studyDefinition, indexDateRange) =>
        generateCohort(
          requestFor("generate_cohort", {
            ...{ studyDefinition, indexDateRange },
            ...sources[result.source],
          }),
          context,
        ),
      measures: (outputDir) =>
        generateMeasures(
          requestFor("generate_measures", { studyDefinition: "study_definition", outputDir }),
          context,
        ),
      joined: (sides) => cohortJoiner(requestFor("cohort_joiner", sides), context),
      match: () => {
        match(folder);
      },
    });
    return [...cohortTexts(folder), ...measureTexts(folder)].join("\n");
  });
}

function cohortTexts(folder: string): readonly string[] {
  return filesOf(folder, /^input_.*\.csv$/).map((path) => {
    const bytes = readFileSync(join(folder, path));
    const lines = bytes.toString().trimEnd().split("\n");
    const checksum = createHash("sha256").update(bytes).digest("hex");
    return `== ${path}: ${lines.length - 1} patients, sha256 ${checksum}\n${lines.slice(0, 4).join("\n")}\n`;
  });
}

/** Of all dates together, not those of single dates, which hold the same rows. */
function measureTexts(folder: string): readonly string[] {
  return filesOf(folder, /^measure_(?!.*\d{4}-\d\d-\d\d).*\.csv$/).map(
    (path) => `== ${path}\n${readFileSync(join(folder, path), "utf8")}`,
  );
}

function filesOf(folder: string, name: RegExp): readonly string[] {
  return readdirSync(join(folder, "output"), { recursive: true, encoding: "utf8" })
    .filter((path) => name.test(path.split("/").at(-1) ?? ""))
    .map((path) => `output/${path}`)
    .sort();
}
