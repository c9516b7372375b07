/** One run as the job request page shows it, as text. spec/pipeline.md 4.1. */
import type { Comparison, Comparisons } from "../record/compare-runs.ts";
import { levelWords } from "../record/level-words.ts";
import type { JobRecord, RunRecord } from "../record/run-record.ts";
import {
  clockText,
  jobSeconds,
  summedSeconds,
  timeText,
  wallSeconds,
} from "../record/run-times.ts";
import { runStatusTexts, stateOf } from "../record/status.ts";
import { securityLevels } from "../project/project.ts";

const MOST_NAMED = 10;

export function showLines(run: RunRecord, comparisons: Comparisons): readonly string[] {
  return [
    `Job request: ${run.number}`,
    `  Workspace   ${run.workspace}`,
    `  Identifier  ${run.id}`,
    "",
    ...introLines(run),
    "",
    "Jobs",
    ...run.jobs.flatMap(jobLines),
    ...run.kept.map(({ action }) => `  kept        ${action}  nothing changed`),
    "",
    "Pipeline",
    ...run.project_definition
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line}`.trimEnd()),
    "",
    ...statisticsLines(run),
    "",
    ...timelineLines(run),
    "",
    ...requestLines(run),
    "",
    "Code comparison",
    ...comparisonLines("previous run", comparisons.previous),
    ...comparisonLines("previous successful run", comparisons.previousSuccessful),
  ];
}

function introLines({ requested_by: who, backend }: RunRecord): readonly string[] {
  const asked =
    backend === "expectations"
      ? `${who} asked for actions to be run on dummy data. None of the code was run against real patient data.`
      : `${who} asked for actions to be run against ${backend}.`;
  return [asked, ...securityLevels.map((level) => `  ${level}: ${levelWords[level]}`)];
}

function jobLines(job: JobRecord): readonly string[] {
  const { status, action, id, message, levels, notes } = job;
  const state = stateOf(status);
  const took = clockText(jobSeconds(job));
  return [
    `  ${state.padEnd(10)}  ${action}  ${id}  ${took}  ${levels.join(", ")}`,
    ...(state === "succeeded" && status === "succeeded"
      ? []
      : [`              ${status}: ${message}`]),
    ...notes.map((note) => `              ${note}`),
  ];
}

function statisticsLines({ jobs }: RunRecord): readonly string[] {
  const states = jobs.map(({ status }) => stateOf(status));
  const count = (state: string): number => states.filter((each) => each === state).length;
  const done = count("succeeded") + count("failed");
  const share = jobs.length === 0 ? 100 : Math.round((100 * done) / jobs.length);
  return [
    "Job statistics",
    ...["pending", "running", "succeeded", "failed"].map(
      (state) => `  ${state.padEnd(10)}  ${count(state)}`,
    ),
    `  ${done} / ${jobs.length} (${share}%) complete`,
  ];
}

function timelineLines(run: RunRecord): readonly string[] {
  return [
    "Timeline (UTC)",
    `  Created     ${timeText(run.created)}`,
    `  Started     ${timeText(run.started)}`,
    `  Finished    ${timeText(run.finished)}`,
    `  Runtime     ${clockText(summedSeconds(run))} (all jobs together; ${clockText(wallSeconds(run))} by the clock)`,
  ];
}

function requestLines(run: RunRecord): readonly string[] {
  const { commit, branch, clean, uncommitted } = run.git;
  const state = clean === false ? `, with uncommitted changes: ${named(uncommitted)}` : "";
  return [
    "Job request",
    `  Status                  ${runStatusTexts[run.status]}`,
    `  Backend                 ${run.backend}`,
    `  Workspace               ${run.workspace}`,
    `  Requested by            ${run.requested_by}`,
    `  Branch                  ${branch ?? "-"}`,
    `  Force run dependencies  ${run.force_run_dependencies ? "Yes" : "No"}`,
    `  Git commit hash         ${commit === null ? "-" : commit.slice(0, 7)}${state}`,
    `  Requested actions       ${run.requested_actions.join(", ")}`,
    `  Engine                  cohortline v${run.engine_version}`,
  ];
}

function comparisonLines(title: string, comparison: Comparison | null): readonly string[] {
  if (comparison === null) return [`  No ${title} available`];
  const { number, id, commits, definitions, codelists, code, rows, engine } = comparison;
  const part = (label: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : [`    ${label}: ${named(items)}`];
  const details = [
    ...part("definitions changed", definitions),
    ...part(
      "codelists",
      codelists.map(({ path, what }) => `${path} ${what}`),
    ),
    ...part(
      "code",
      code.map(({ path, what }) => `${path} ${what}`),
    ),
    ...part(
      "rows",
      rows.map(({ path, before, after }) => `${path} ${before ?? "-"} to ${after ?? "-"}`),
    ),
    ...part("engine", engine === null ? [] : [engine]),
  ];
  return [
    `  With the ${title}, ${number} (${id})`,
    `    commits: ${commits ?? "-"}`,
    ...(details.length === 0 ? ["    nothing changed"] : details),
  ];
}

function named(items: readonly string[]): string {
  const more = items.length - MOST_NAMED;
  return items.slice(0, MOST_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
