/** The first page: how the pipeline stands now, and all runs. */
import { basename } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import { graphSvg } from "../../pipeline/graph/graph-svg.ts";
import { graphOfPlan } from "../../pipeline/graph/pipeline-graph.ts";
import { RUN_ALL } from "../../pipeline/project/project.ts";
import { clockText } from "../../pipeline/record/run-times.ts";
import type { RunSummary } from "../../pipeline/record/run-summary.ts";
import { runStatuses, runStatusTexts } from "../../pipeline/record/status.ts";
import { timeHtml } from "../../pipeline/report/time-html.ts";
import { planActions } from "../../pipeline/state/plan.ts";
import type { PlannedAction } from "../../pipeline/state/plan.ts";
import { OpenedFolder } from "../../pipeline/state/study-folder.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { Reply } from "../reply.ts";
import type { ServedStudy } from "../served-study.ts";
import { framedPage } from "./frame.ts";
import { problemList } from "./problem-page.ts";

const RUNS_OF_A_PAGE = 50;

export async function workspacePage(study: ServedStudy, query: URLSearchParams): Promise<Reply> {
  const workspace = basename(study.context.folder);
  const { runs, problems, unread } = study.runs.list();
  return framedPage({
    title: workspace,
    workspace,
    events: "/events",
    body: markup`<h1>${workspace}</h1>
${await pipelinePart(study)}
<h2>Job requests</h2>
${problems.length === 0 ? null : problemList(problems)}
${unread === 0 ? null : markup`<p role="status">${unread} older runs are still being read. Load the page again to see them.</p>`}
${filterForm(query)}${runsTable(runs, query)}`,
  });
}

/** What keeps the study from being planned stands in its place; runs are shown all the same. */
async function pipelinePart(study: ServedStudy): Promise<Html> {
  const start = study.isReadOnly
    ? null
    : markup`<p><a class="button" href="/start">Start actions</a></p>`;
  try {
    const { plan, warnings } = await planNow(study);
    return markup`<h2>Pipeline as it stands now</h2>
${warnings.length === 0 ? null : problemList(warnings)}
<div class="wide" tabindex="0">${graphSvg(graphOfPlan(plan))}</div>
${planTable(plan)}${start}`;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return markup`<h2>The pipeline cannot be run as it stands</h2>${problemList(error.problems)}`;
  }
}

async function planNow({ context, settings }: ServedStudy) {
  const { now, warnings } = OpenedFolder(context, settings);
  return { plan: await planActions({ wanted: [RUN_ALL], force: false }, now), warnings };
}

export function planTable(plan: readonly PlannedAction[]): Html {
  const rows = plan.map(
    ({ action, status, reasons }) =>
      markup`<tr><td>${action.name}</td><td class="status">${status}</td><td>${reasons.join("; ")}</td></tr>`,
  );
  return markup`<table class="cards"><thead><tr><th scope="col">Action</th><th scope="col">Stands</th><th scope="col">Why</th></tr></thead><tbody>
${rows}</tbody></table>`;
}

function filterForm(query: URLSearchParams): Html {
  const status = query.get("status") ?? "";
  const options = ["", ...runStatuses].map((each) => {
    const words = runStatuses.find((known) => known === each);
    const isChosen = each === status ? markup` selected` : null;
    return markup`<option value="${each}"${isChosen}>${words === undefined ? "any status" : runStatusTexts[words]}</option>`;
  });
  return markup`<form class="row-of" method="get" action="/">
<label>Status <select name="status">${options}</select></label>
<label>Action, person, branch or commit <input name="with" value="${query.get("with") ?? ""}" /></label>
<button>Show</button></form>`;
}

function runsTable(all: readonly RunSummary[], query: URLSearchParams): Html {
  const before = Number(query.get("before") ?? Infinity);
  const wanted = all.filter((run) => run.number < before && isWanted(run, query));
  const shown = wanted.slice(0, RUNS_OF_A_PAGE);
  if (shown.length === 0) return markup`<p>There is no such run.</p>`;
  return markup`<table class="cards"><thead><tr><th scope="col">Run</th><th scope="col">Status</th><th scope="col">Requested actions</th><th scope="col">By</th><th scope="col">Branch, commit</th><th scope="col">Created</th><th scope="col">Runtime</th></tr></thead><tbody>
${shown.map(runRow)}</tbody></table>${olderLink(wanted, shown, query)}`;
}

function isWanted(run: RunSummary, query: URLSearchParams): boolean {
  const status = query.get("status") ?? "";
  const words = (query.get("with") ?? "").trim().toLowerCase();
  const texts = [...run.requested_actions, run.requested_by, run.branch, run.commit, run.id];
  const isFound = texts.some((text) => text?.toLowerCase().includes(words) === true);
  return (status === "" || run.status === status) && (words === "" || isFound);
}

function runRow(run: RunSummary): Html {
  const { id, number, status, branch, commit } = run;
  return markup`<tr><td><a href="/runs/${id}">${number}</a></td><td class="status ${status}">${runStatusTexts[status]}</td><td>${run.requested_actions.join(", ")}</td><td>${run.requested_by}</td><td>${branch ?? "-"} <code>${commit?.slice(0, 7) ?? ""}</code></td><td>${timeHtml(run.created)}</td><td>${clockText(run.runtime_seconds)}</td></tr>`;
}

function olderLink(
  wanted: readonly RunSummary[],
  shown: readonly RunSummary[],
  query: URLSearchParams,
): Html | null {
  const last = shown.at(-1);
  if (last === undefined || wanted.length === shown.length) return null;
  const next = new URLSearchParams(query);
  next.set("before", String(last.number));
  return markup`<p><a href="/?${next.toString()}">${wanted.length - shown.length} older runs</a></p>`;
}
