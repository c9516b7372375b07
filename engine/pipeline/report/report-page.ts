/**
 * A run as one self-contained page: the job request page with the pipeline's picture, a timeline, the
 * outputs and what changed. Nothing is fetched and no script runs. Of files' content only measures and
 * attrition that researchers may see are shown, as pictures.
 */
import { flowStyle } from "../../charts/attrition-flow.ts";
import { chartStyle } from "../../charts/chart-style.ts";
import { pageText } from "../../page/page.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { graphSvg } from "../graph/graph-svg.ts";
import { graphOfRun } from "../graph/pipeline-graph.ts";
import type { Comparisons } from "../record/compare-runs.ts";
import { levelWords } from "../record/level-words.ts";
import type { RunRecord } from "../record/run-record.ts";
import { clockText, summedSeconds, timeText, wallSeconds } from "../record/run-times.ts";
import { runStatusTexts } from "../record/status.ts";
import { securityLevels } from "../project/project.ts";
import type { AttritionPictures } from "./attrition-pictures.ts";
import { cohortsSection } from "./cohorts-section.ts";
import { comparisonSection } from "./comparison-section.ts";
import { jobsSection } from "./jobs-section.ts";
import { MADE_BY_ENGINE } from "../../base/made-by-engine.ts";
import type { VerdictOf } from "./last-audit.ts";
import type { MeasurePictures } from "./measure-pictures.ts";
import { measuresSection } from "./measures-section.ts";
import { outputsSection } from "./outputs-section.ts";
import { noExtras } from "./run-extras.ts";
import type { RunExtras } from "./run-extras.ts";
import { reportStyle } from "./report-style.ts";
import { timeHtml } from "./time-html.ts";
import { timelineSection } from "./timeline-section.ts";

/** What is not in the record of the run itself. */
export interface ReportParts {
  readonly measures: MeasurePictures;
  readonly attrition: AttritionPictures;
  readonly verdictOf: VerdictOf;
}

const noParts: ReportParts = {
  measures: { charts: [], notDrawn: [] },
  attrition: { found: [], notDrawn: [] },
  verdictOf: () => null,
};

export function reportPage(
  run: RunRecord,
  comparisons: Comparisons,
  { measures, attrition, verdictOf }: ReportParts = noParts,
): string {
  const isDrawn = measures.charts.length > 0 || attrition.found.length > 0;
  return pageText({
    title: `Job request ${run.number}: ${run.workspace}`,
    generator: MADE_BY_ENGINE,
    style: isDrawn ? `${reportStyle}${chartStyle}${flowStyle}` : reportStyle,
    body: markup`${header(run)} ${livingParts(run, { ...noExtras, verdictOf }).map(({ html }) => html)}
        ${cohortsSection(run, attrition)} ${measuresSection(measures)}
        ${lastParts(run, comparisons)}`,
  });
}

/** A part of the page that changes while the run goes on. */
export interface LivingPart {
  /** Of its element. */
  readonly id: string;
  readonly html: Html;
}

export function livingParts(run: RunRecord, extras: RunExtras = noExtras): readonly LivingPart[] {
  const graph = markup`<h2>Pipeline</h2>
        <div class="wide">${graphSvg(graphOfRun(run))}</div>`;
  const parts = {
    status: markup`<p class="status ${run.status}">${runStatusTexts[run.status]}</p>`,
    request: requestSection(run),
    pipeline: graph,
    jobs: jobsSection(run, extras),
    timeline: timelineSection(run),
    outputs: outputsSection(run, extras),
  };
  return Object.entries(parts).map(([name, html]) => {
    const id = `part-${name}`;
    return { id, html: markup`<div id="${id}">${html}</div>` };
  });
}

export function lastParts(run: RunRecord, comparisons: Comparisons): Html {
  return markup`${comparisonSection(comparisons)} ${projectSection(run)} ${footer(run)}`;
}

export function header(run: RunRecord): Html {
  const { number, workspace, id, requested_by: who, backend } = run;
  const what =
    backend === "expectations"
      ? "on dummy data. None of the code was run against real patient data."
      : `on real data: ${backend}.`;
  return markup`<p class="soft">${workspace} / ${id}</p>
    <h1>Job request: ${number}</h1>
    <p>${who} requested these actions ${what}</p>
    <dl>${securityLevels.slice(0, 2).map((level) => factLine([level, levelWords[level]]))}</dl>`;
}

function requestSection(run: RunRecord): Html {
  const { branch, commit, clean, uncommitted } = run.git;
  const changes =
    clean === false
      ? `${uncommitted.length} files not committed: ${uncommitted.join(", ")}`
      : "none";
  const facts: readonly (readonly [string, string | Html])[] = [
    ["Status", runStatusTexts[run.status]],
    ["Backend", run.backend],
    ["Workspace", run.workspace],
    ["Requested by", run.requested_by],
    ["Branch", branch ?? "-"],
    ["Force run dependencies", run.force_run_dependencies ? "Yes" : "No"],
    ["Git commit hash", commit?.slice(0, 7) ?? "-"],
    ["Uncommitted changes", clean === null ? "-" : changes],
    ["Requested actions", run.requested_actions.join(", ")],
    ["Engine", `cohortline v${run.engine_version}`],
    ["Created", timeHtml(run.created)],
    ["Started", timeHtml(run.started)],
    ["Finished", timeHtml(run.finished)],
    ["Runtime", `${clockText(summedSeconds(run))} (all jobs together)`],
    ["Wall-clock time", clockText(wallSeconds(run))],
  ];
  return markup`<h2>Job request</h2>
    <dl>${facts.map(factLine)}</dl>`;
}

function factLine([name, value]: readonly [string, string | Html]): Html {
  return markup`<dt>${name}</dt>
    <dd>${value}</dd>`;
}

function projectSection({ project_definition: text }: RunRecord): Html {
  return markup`<h2>project.yaml</h2>
    <details open>
      <summary>As it was run</summary>
      <pre class="wide">${text}</pre>
    </details>`;
}

function footer({ created }: RunRecord): Html {
  const words = `All times are UTC. Requested ${timeText(created)}.`;
  return markup`<footer class="soft"><p>${words}</p></footer>`;
}
