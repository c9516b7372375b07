/** ranges/: index dates, file names, options, parameters, discovery. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseCohortFileName } from "../../engine/base/file-names.ts";
import { ProblemError, problemLines } from "../../engine/base/problems.ts";
import { parseIndexDates } from "../../engine/definition/dates/parse-index-dates.ts";
import { plannedCohorts } from "../../engine/commands/cohorts/planned-cohorts.ts";
import type { PlannedCohorts } from "../../engine/commands/cohorts/planned-cohorts.ts";
import { discoverStudies } from "../../engine/commands/studies/study-discovery.ts";
import type { StudyLocation } from "../../engine/commands/studies/study-discovery.ts";
import { cohortRequestIn } from "./cohort-request-in.ts";
import { expectEqual, expectProblem, mismatch } from "./case.ts";
import type { Recorded } from "./case.ts";
import { inScratchFolder } from "./scratch-folder.ts";
import { today } from "./study-of-case.ts";

interface Step extends Recorded {
  readonly expect?: unknown;
  readonly expect_error?: unknown;
}

function stepsOf(recorded: Recorded): readonly Step[] {
  return recorded["cases"] as readonly Step[];
}

export async function indexDatesCase(recorded: Recorded): Promise<void> {
  for (const { range, expect, expect_error: error } of stepsOf(recorded)) {
    const act = () => parseIndexDates((range ?? "") as string, today());
    if (error !== undefined) await expectProblem(error, act);
    else {
      const { index_dates_in_order_of_extraction: dates } = expect as Recorded;
      expectEqual(withoutToday(act()), dates, String(range));
    }
  }
}

/** Cases on "today" name it by a mark. */
function withoutToday(dates: readonly (string | null)[]): readonly unknown[] {
  return dates.map((date) => (date === today() ? { $today: true } : date));
}

export function fileNamesCase(recorded: Recorded): Promise<void> {
  for (const { file, expect } of stepsOf(recorded)) {
    const { date } = expect as { readonly date: string | null };
    expectEqual(parseCohortFileName(String(file))?.date ?? null, date, String(file));
  }
  return Promise.resolve();
}

export async function discoveryCase(recorded: Recorded): Promise<void> {
  for (const step of stepsOf(recorded)) {
    await inScratchFolder(async (folder) => {
      for (const each of (step["directories"] ?? ["analysis"]) as string[]) {
        mkdirSync(join(folder, each), { recursive: true });
      }
      for (const file of step["files"] as string[]) {
        writeFileSync(join(folder, file.replace(/\.py$/, ".ts")), "");
      }
      const act = () => discoverStudies(folder).map(({ name, suffix }) => ({ name, suffix }));
      if (step.expect_error !== undefined) await expectProblem(step.expect_error, act);
      else expectEqual(act(), step.expect, "studies");
    });
  }
}

export async function cohortCommandCase(recorded: Recorded): Promise<void> {
  const studies = (recorded["studies"] as string[]).map((name) => ({
    name,
    suffix: name.slice("study_definition".length),
    file: `analysis/${name}.ts`,
  }));
  const { DATABASE_URL: url } = recorded["environment"] as Readonly<Record<string, string>>;
  for (const step of stepsOf(recorded)) {
    const act = () => requestsFor(step["argv"] as string[], studies, url);
    if (step.expect_error !== undefined) await expectUsageProblem(step.expect_error, act);
    else expectExtractions(act(), step.expect as Recorded);
  }
}

function requestsFor(
  argv: readonly string[],
  studies: readonly StudyLocation[],
  url: string | undefined,
): readonly PlannedCohorts[] {
  return plannedCohorts(cohortRequestIn(argv), studies, url);
}

async function expectUsageProblem(expected: unknown, act: () => unknown): Promise<void> {
  const { stderr_contains: err, stdout_contains: out } = expected as Readonly<
    Record<string, string>
  >;
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const said = error.problems.flatMap(problemLines).join("\n");
    const wanted = err ?? out ?? "";
    if (!said.includes(wanted)) mismatch(`"${said}" does not say "${wanted}"`);
    return;
  }
  mismatch("no problem was reported");
}

function expectExtractions(requests: readonly PlannedCohorts[], expected: Recorded): void {
  const { extractions, extractions_include: include } = expected;
  if (typeof extractions === "number") {
    expectEqual(requests.length, extractions, "number of extractions");
    return;
  }
  const made = requests.map(asRecorded);
  const wanted = (extractions ?? include) as readonly Recorded[];
  if (extractions !== undefined) expectEqual(made.length, wanted.length, "number of extractions");
  for (const one of wanted) {
    const match = made.find((each) => each.study === one["study"]);
    const order = Object.keys(one);
    expectEqual(sorted(match ?? {}, order), sorted(one, order), String(one["study"]));
  }
}

function asRecorded(request: PlannedCohorts) {
  const { source, study } = request;
  return {
    output_dir: request.outputDir,
    study: study.name,
    suffix: request.suffix,
    expectations_population: source.kind === "expectations" ? source.patients : 0,
    dummy_data_file: source.kind === "dummy-file" ? source.path : null,
    index_date_range: request.indexDateRange,
    skip_existing: request.skipExisting,
    output_format: request.format,
    output_name: request.outputName,
    params: request.params,
  };
}

function sorted(record: Recorded, order: readonly string[]): readonly unknown[] {
  return order.map((key) => [key, record[key]]);
}
