/** The commands that show how a study would be answered: its plan, and its SQL. */
import { calendarDayOf } from "../base/dates.ts";
import type { IsoDate } from "../base/dates.ts";
import { fail } from "./problems.ts";
import { databaseKind } from "../backend/database-kind.ts";
import { explainInDuckDb } from "../backend/database/explain.ts";
import { parseIndexDates } from "../definition/dates/parse-index-dates.ts";
import type { CheckedStudy } from "../definition/checked-study.ts";
import { lowerStudy } from "../plan/lower/lower-study.ts";
import type { CohortPlan } from "../plan/model/cohort-plan.ts";
import { planCohort } from "../plan/passes/plan-cohort.ts";
import { explainPlan } from "../plan/explain.ts";
import { tpp } from "../schema/tpp/tpp-provider.ts";
import { duckdb } from "../sql/dialects/duckdb.ts";
import { cohortScript, endOfScript } from "../sql/script.ts";
import { loadStudies } from "./studies/load-study.ts";
import type { CommandName, RunContext } from "./context.ts";
import { discoverStudies, selectStudies } from "./studies/study-discovery.ts";
import { studyFileReader } from "./studies/study-file-reader.ts";

export interface PlanOptions {
  readonly studyDefinition?: string | undefined;
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly indexDateRange?: string | undefined;
  readonly databaseUrl?: string | undefined;
  readonly analyze?: boolean | undefined;
  readonly dialect?: string | undefined;
  /** Whether codes are in the script; absent = they are. */
  readonly codes?: boolean | undefined;
}

/**
 * The plan of each selected study as a tree; with a database what it expects, and with `--analyze` what
 * making the parts took. Problems: those of the studies, of the options and of the database.
 */
export async function explainStudies(
  options: PlanOptions,
  context: RunContext,
): Promise<readonly string[]> {
  const url = options.databaseUrl ?? context.environment["DATABASE_URL"] ?? "";
  if (options.analyze === true && url === "") {
    const wayOut = "Give --database-url duckdb:FILE, or set DATABASE_URL.";
    fail("usage", { sentence: "--analyze needs a database to run in", wayOut });
  }
  if (url !== "") databaseKind(url, context.workspace);
  const { studies, today } = await load(options, "explain", context);
  const lines: string[] = [];
  for (const { study, indexDates } of studies) {
    if (lines.length > 0) lines.push("");
    const readFile = studyFileReader(context.workspace, study.name);
    const asked = {
      workspace: context.workspace,
      today,
      readFile,
      analyze: options.analyze === true,
    };
    const { plan, facts } =
      url === ""
        ? { plan: planAlone(study, indexDates, today), facts: new Map() }
        : await explainInDuckDb(url, study, indexDates, asked);
    lines.push(...explainPlan(plan, facts));
  }
  return lines;
}

/** The statements that answer each selected study, in order. Problem: usage for an unknown dialect. */
export async function dumpCohortSql(
  options: PlanOptions,
  context: RunContext,
): Promise<readonly string[]> {
  const dialect = options.dialect ?? "duckdb";
  if (dialect !== "duckdb") {
    fail("usage", { sentence: `--dialect '${dialect}' is not known`, wayOut: "Known: duckdb." });
  }
  const { studies, today } = await load(options, "dump_cohort_sql", context);
  const speaking = { dialect: duckdb, provider: tpp, includeOptedOut: false };
  const withCodes = options.codes ?? true;
  return studies.flatMap(({ study, indexDates }, i) => {
    const plan = planAlone(study, indexDates, today);
    const end = i + 1 < studies.length ? [...endOfScript(plan, speaking), ""] : [];
    return [...cohortScript(plan, speaking, { withCodes }), ...end];
  });
}

/** Without a database, products are known by the ids of the codelists alone. */
function planAlone(
  study: CheckedStudy,
  indexDates: readonly IsoDate[],
  today: IsoDate,
): CohortPlan {
  return planCohort(lowerStudy({ study, today, previousProductIds: [] }), indexDates);
}

async function load(options: PlanOptions, command: CommandName, context: RunContext) {
  const today = calendarDayOf(context.now());
  const range = parseIndexDates(options.indexDateRange ?? "", today);
  const locations = selectStudies(
    discoverStudies(context.workspace),
    options.studyDefinition ?? "all",
  );
  const loaded = await loadStudies(locations, { command, params: options.params }, context);
  const studies = loaded.map(({ study }) => ({
    study,
    indexDates: range
      .map((indexDate) => indexDate ?? study.indexDate)
      .filter((indexDate) => indexDate !== null),
  }));
  return { studies, today };
}
