/** The page of one run: what a report shows, and while it goes on how far it is. */
import { basename } from "node:path";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { header, lastParts, livingParts } from "../../pipeline/report/report-page.ts";
import type { RunRecord } from "../../pipeline/record/run-record.ts";
import type { Reply } from "../reply.ts";
import { extrasOf } from "../run-extras.ts";
import { runOf } from "../served-study.ts";
import type { ServedStudy } from "../served-study.ts";
import { framedPage } from "./frame.ts";
import { problemList } from "./problem-page.ts";
import { problem } from "../problems.ts";

/** Problem: unknown-run. */
export function runPage(study: ServedStudy, id: string, formToken: string): Reply {
  const found = runOf(study, id);
  const { run, live, isOurs } = found;
  const foreign = isOurs ? [] : [problem("run-of-others", { number: run.number })];
  const told = [...foreign, ...(live?.warnings() ?? [])];
  const [status, ...others] = livingParts(run, extrasOf(study, found));
  const canCancel = live !== null && !study.isReadOnly;
  const canRelease = live === null && isOurs && !study.isReadOnly;
  return framedPage({
    title: `Job request ${run.number}: ${run.workspace}`,
    workspace: basename(study.context.folder),
    events: run.status === "running" ? `/runs/${run.id}/events` : null,
    body: markup`${header(run)}${status?.html}
${told.length === 0 ? null : problemList(told)}
<div class="row-of">${canCancel ? cancelForm(run, formToken) : null}
<a class="button" href="/runs/${run.id}/pictures">Pictures of measures and cohorts</a>
<a class="button" href="/runs/${run.id}/changes">Changes in the code</a>
${canRelease ? markup`<a class="button" href="/runs/${run.id}/release">Release outputs</a>` : null}</div>
${others.map(({ html }) => html)}
${lastParts(run, study.runs.comparisons(run))}`,
  });
}

function cancelForm({ id }: RunRecord, formToken: string): Html {
  return markup`<form method="post" action="/runs/${id}/cancel">
<input type="hidden" name="token" value="${formToken}" /><button class="stop">Cancel this run</button></form>`;
}
