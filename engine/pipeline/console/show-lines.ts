/** One run as the job request page shows it, as text. */
import { firstNames } from "../../base/wording.ts";
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
import type { FileDifference } from "../state/changes.ts";
import { securityLevels } from "../project/project.ts";

const MOST_NAMED = 10;

export function showLines(run: RunRecord, comparisons: Comparisons): readonly string[] {
  const { number, workspace, id } = run;
  const blocks: readonly (readonly string[])[] = [
    [`Job request: ${number}`, `  Workspace   ${workspace}`, `  Identifier  ${id}`],
    introLines(run),
    ["Jobs", ...run.jobs.flatMap(jobLines), ...keptLines(run)],
    ["Pipeline", ...definitionLines(run)],
    statisticsLines(run),
    timelineLines(run),
    requestLines(run),
    [
      "Code comparison",
      ...comparisonLines("previous run", comparisons.previous),
      ...comparisonLines("previous successful run", comparisons.previousSuccessful),
    ],
  ];
  return blocks.flatMap((block, i) => (i === 0 ? block : ["", ...block]));
}

function keptLines({ kept }: RunRecord): readonly string[] {
  return kept.map(({ action }) => `  kept        ${action}  nothing changed`);
}

function definitionLines({ project_definition: text }: RunRecord): readonly string[] {
  const lines = text.trimEnd().split("\n");
  return lines.map((line) => `  ${line}`.trimEnd());
}

function introLines({ requested_by: who, backend }: RunRecord): readonly string[] {
  const asked =
    backend === "expectations"
      ? `${who} requested these actions on dummy data. None of the code was run against real patient data.`
      : `${who} requested these actions on real data: ${backend}.`;
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
    `  Runtime     ${clockText(summedSeconds(run))} (all jobs together; wall-clock time ${clockText(wallSeconds(run))})`,
  ];
}

function requestLines(run: RunRecord): readonly string[] {
  const { commit, branch, clean, uncommitted } = run.git;
  const state =
    clean === false ? `, with uncommitted changes: ${firstNames(uncommitted, MOST_NAMED)}` : "";
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
  const { number, id, commits } = comparison;
  const details = detailLines(comparison);
  return [
    `  With the ${title}, ${number} (${id})`,
    `    commits: ${commits ?? "-"}`,
    ...(details.length === 0 ? ["    nothing changed"] : details),
  ];
}

function detailLines(comparison: Comparison): readonly string[] {
  const { definitions, codelists, code, rows, engine } = comparison;
  const part = (label: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : [`    ${label}: ${firstNames(items, MOST_NAMED)}`];
  const fileText = ({ path, what }: FileDifference): string => `${path} ${what}`;
  return [
    ...part("definitions changed", definitions),
    ...part("codelists", codelists.map(fileText)),
    ...part("code", code.map(fileText)),
    ...part(
      "rows",
      rows.map(({ path, before, after }) => `${path} ${before ?? "-"} to ${after ?? "-"}`),
    ),
    ...part("engine", engine === null ? [] : [engine]),
  ];
}
