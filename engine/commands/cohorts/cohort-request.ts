/** What `generate_cohort`'s options ask for, decided before anything runs. */
import { basename, dirname } from "node:path";
import { cohortFormats, formatOf } from "../../base/file-names.ts";
import type { CohortFormat } from "../../base/file-names.ts";
import { fail } from "../problems.ts";
import type { Evaluate } from "../../backend/database/database-backend.ts";
import { knownFormat } from "../known-format.ts";
import { selectStudies } from "../studies/study-discovery.ts";
import type { StudyLocation } from "../studies/study-discovery.ts";
import type { IsoDate } from "../../base/dates.ts";
import type { LoadedStudy } from "../studies/load-study.ts";

export interface StudyRun {
  readonly request: CohortRequest;
  readonly study: LoadedStudy;
  readonly indexDates: readonly (IsoDate | null)[];
  readonly today: IsoDate;
}

/** As given; undefined = not given. */
export interface CohortOptions {
  readonly studyDefinition?: string | undefined;
  readonly indexDateRange?: string | undefined;
  readonly outputDir?: string | undefined;
  readonly outputFile?: string | undefined;
  readonly outputFormat?: string | undefined;
  readonly skipExisting?: boolean | undefined;
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly expectationsPopulation?: number | undefined;
  readonly dummyDataFile?: string | undefined;
  readonly databaseUrl?: string | undefined;
  readonly seed?: string | undefined;
  readonly evaluate?: string | undefined;
}

export type DataSource =
  | { readonly kind: "expectations"; readonly patients: number; readonly seed: string }
  | { readonly kind: "dummy-file"; readonly path: string }
  | { readonly kind: "database"; readonly url: string; readonly evaluate: Evaluate };

/** One study's cohorts, at every index date of the range. */
export interface CohortRequest {
  readonly study: StudyLocation;
  readonly source: DataSource;
  readonly indexDateRange: string;
  readonly outputDir: string;
  /** What the file's name begins with, before the suffix. */
  readonly outputName: string;
  readonly suffix: string;
  readonly format: CohortFormat;
  readonly skipExisting: boolean;
  readonly params: Readonly<Record<string, string>>;
}

export const DEFAULT_SEED = "cohortline";

/**
 * Problems: usage (options that contradict each other), unknown-study, no-data-source,
 * output-file-many-studies, dummy-file-many-studies.
 */
export function cohortRequests(
  options: CohortOptions,
  studies: readonly StudyLocation[],
  databaseUrl: string | undefined,
): readonly CohortRequest[] {
  const target = outputTarget(options);
  const selected = selectStudies(studies, options.studyDefinition ?? "all");
  const count = selected.length;
  if (count > 1 && options.outputFile !== undefined) fail("output-file-many-studies", { count });
  if (count > 1 && options.dummyDataFile !== undefined) fail("dummy-file-many-studies", { count });
  const source = dataSource(options, databaseUrl);
  return selected.map((study) => ({
    study,
    source,
    indexDateRange: options.indexDateRange ?? "",
    ...target,
    suffix: options.outputFile === undefined ? study.suffix : "",
    skipExisting: options.skipExisting ?? false,
    params: options.params ?? {},
  }));
}

interface OutputTarget {
  readonly outputDir: string;
  readonly outputName: string;
  readonly format: CohortFormat;
}

function outputTarget({ outputFile, outputDir, outputFormat }: CohortOptions): OutputTarget {
  if (outputFile === undefined) {
    const format = knownFormat(outputFormat ?? "csv", cohortFormats);
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
export function dataSource(options: CohortOptions, environmentUrl: string | undefined): DataSource {
  const { expectationsPopulation: patients, dummyDataFile, databaseUrl } = options;
  const given = [patients, dummyDataFile, databaseUrl].filter((value) => value !== undefined);
  if (given.length > 1) {
    usage(
      "--expectations-population, --dummy-data-file and --database-url exclude each other",
      "Keep one of them.",
    );
  }
  if (patients !== undefined) {
    return { kind: "expectations", patients, seed: options.seed ?? DEFAULT_SEED };
  }
  if (dummyDataFile !== undefined) return { kind: "dummy-file", path: dummyDataFile };
  const url = databaseUrl ?? environmentUrl;
  if (url === undefined || url === "")
    return fail("no-data-source", { environment: "DATABASE_URL" });
  return { kind: "database", url, evaluate: knownEvaluate(options.evaluate ?? "one-pass") };
}

function knownEvaluate(text: string): Evaluate {
  if (text === "one-pass" || text === "per-date") return text;
  return usage(`--evaluate '${text}' is not known`, "Known: one-pass, per-date.");
}

function usage(sentence: string, wayOut: string): never {
  return fail("usage", { sentence, wayOut });
}
