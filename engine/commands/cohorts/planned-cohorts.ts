/** What `generate_cohort` is asked to make of each study, decided before anything runs. */
import { basename, dirname } from "node:path";
import { cohortFormats, formatOf } from "../../base/file-names.ts";
import type { CohortFormat } from "../../base/file-names.ts";
import { fail } from "../problems.ts";
import type { Evaluate } from "../../backend/database/backend-options.ts";
import type { RequestOf } from "../../options/command-table.ts";
import type { AttritionNumbers } from "./attrition-table.ts";
import { selectStudies } from "../studies/study-discovery.ts";
import type { StudyLocation } from "../studies/study-discovery.ts";
import type { IsoDate } from "../../base/dates.ts";
import type { LoadedStudy } from "../studies/load-study.ts";

export interface StudyRun {
  readonly cohorts: PlannedCohorts;
  readonly study: LoadedStudy;
  readonly indexDates: readonly (IsoDate | null)[];
  readonly today: IsoDate;
  /** Workers at once. */
  readonly jobs: number;
  /** Where finished cohorts are kept until their files are written; null for nowhere. */
  readonly tempDatabase: string | null;
}

type GenerateCohort = RequestOf<"generate_cohort">;

export type DataSource =
  | { readonly kind: "expectations"; readonly patients: number; readonly seed: string }
  | { readonly kind: "dummy-file"; readonly path: string }
  | { readonly kind: "database"; readonly url: string; readonly evaluate: Evaluate };

/** One study's cohorts, at every index date of the range. */
export interface PlannedCohorts {
  readonly study: StudyLocation;
  readonly source: DataSource;
  readonly indexDateRange: string;
  readonly outputDir: string;
  /** What the file's name begins with, before the suffix. */
  readonly outputName: string;
  readonly suffix: string;
  readonly format: CohortFormat;
  readonly skipExisting: boolean;
  /** Null where no file of it is asked for. */
  readonly attrition: AttritionNumbers | null;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Problems: usage (options that contradict each other), unknown-study, no-data-source,
 * output-file-many-studies, dummy-file-many-studies.
 */
export function plannedCohorts(
  request: GenerateCohort,
  studies: readonly StudyLocation[],
  databaseUrl: string | undefined,
): readonly PlannedCohorts[] {
  const target = outputTarget(request);
  const selected = selectStudies(studies, request.studyDefinition);
  const count = selected.length;
  if (count > 1 && request.outputFile !== undefined) fail("output-file-many-studies", { count });
  if (count > 1 && request.dummyDataFile !== undefined) fail("dummy-file-many-studies", { count });
  const source = dataSource(request, databaseUrl);
  return selected.map((study) => ({
    study,
    source,
    indexDateRange: request.indexDateRange ?? "",
    ...target,
    suffix: request.outputFile === undefined ? study.suffix : "",
    skipExisting: request.skipExisting,
    attrition: request.exactAttrition ? "exact" : request.attrition ? "rounded" : null,
    params: request.param,
  }));
}

interface OutputTarget {
  readonly outputDir: string;
  readonly outputName: string;
  readonly format: CohortFormat;
}

function outputTarget({ outputFile, outputDir, outputFormat }: GenerateCohort): OutputTarget {
  if (outputFile === undefined) {
    const format = outputFormat ?? "csv";
    return { outputDir: outputDir ?? "output", outputName: "input", format };
  }
  const format = formatOf(basename(outputFile));
  if (format === null) {
    return usage(
      `--output-file must have a supported extension: ${cohortFormats.join(", ")}`,
      "Write --output-file=output/NAME.csv.",
    );
  }
  // The folder is compared as text, as the reference does: output/ is not output.
  const folder = dirname(outputFile);
  mustMatch("--output-dir", outputDir, folder === "." ? "" : folder);
  mustMatch("--output-format", outputFormat, format);
  const outputName = basename(outputFile).slice(0, -(format.length + 1));
  return { outputDir: folder, outputName, format };
}

function mustMatch(flag: string, given: string | undefined, fromFile: string): void {
  if (given === undefined || given === fromFile) return;
  usage(`${flag} '${given}' does not match --output-file`, `Drop ${flag}.`);
}

/** At most one of the three; dummy data win over a database in the environment. */
export function dataSource(
  request: Pick<
    GenerateCohort,
    "expectationsPopulation" | "dummyDataFile" | "databaseUrl" | "seed" | "evaluate"
  >,
  environmentUrl: string | undefined,
): DataSource {
  const { expectationsPopulation: patients, dummyDataFile, databaseUrl, seed, evaluate } = request;
  const given = [patients, dummyDataFile, databaseUrl].filter((value) => value !== undefined);
  if (given.length > 1) {
    usage(
      "--expectations-population, --dummy-data-file and --database-url exclude each other",
      "Keep one of them.",
    );
  }
  if (patients !== undefined) {
    return { kind: "expectations", patients, seed };
  }
  if (dummyDataFile !== undefined) return { kind: "dummy-file", path: dummyDataFile };
  const url = databaseUrl ?? environmentUrl;
  if (url === undefined || url === "")
    return fail("no-data-source", { environment: "DATABASE_URL" });
  return { kind: "database", url, evaluate };
}

function usage(sentence: string, wayOut: string): never {
  return fail("usage", { sentence, wayOut });
}
