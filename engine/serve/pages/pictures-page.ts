/** The measures and attrition of a run as pictures, drawn from files that may be shown. */
import { basename } from "node:path";
import type { RunRecord } from "../../pipeline/record/run-record.ts";
import { attritionPictures } from "../../pipeline/report/attrition-pictures.ts";
import { cohortsSection } from "../../pipeline/report/cohorts-section.ts";
import { measurePictures } from "../../pipeline/report/measure-pictures.ts";
import { measuresSection } from "../../pipeline/report/measures-section.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { fail } from "../problems.ts";
import type { Reply } from "../reply.ts";
import { runOf } from "../served-study.ts";
import type { ServedStudy } from "../served-study.ts";
import { shownOutputs } from "../shown-outputs.ts";
import { framedPage } from "./frame.ts";

/** Problems: unknown-run, run-of-others. */
export async function picturesPage(study: ServedStudy, id: string): Promise<Reply> {
  const { run, isOurs } = runOf(study, id);
  if (!isOurs) return fail("run-of-others", { number: run.number });
  const { folder } = study.context;
  const shown = withOutputs(run, shownOutputs(study, run));
  const measures = await measurePictures(shown, folder);
  const cohorts = cohortsSection(run, await attritionPictures(shown, folder));
  const isEmpty = measures.charts.length + measures.notDrawn.length + cohorts.length === 0;
  return framedPage({
    title: `Pictures: job request ${run.number}`,
    workspace: basename(folder),
    body: markup`<p><a href="/runs/${run.id}">Job request ${run.number}</a></p><h1>Pictures</h1>
${isEmpty ? markup`<p>This run made nothing that is drawn.</p>` : null}${measuresSection(measures)}${cohorts}`,
  });
}

/** The picture of one measure's file; nothing for any other file. */
export async function pictureOf(study: ServedStudy, run: RunRecord, path: string): Promise<Html> {
  const { folder } = study.context;
  const measures = await measurePictures(withOutputs(run, new Set([path])), folder);
  return markup`${measuresSection(measures)}`;
}

/** As if the run had made nothing else. */
function withOutputs(run: RunRecord, paths: ReadonlySet<string>): RunRecord {
  const only = <Made extends { readonly outputs: RunRecord["jobs"][number]["outputs"] }>(
    made: readonly Made[],
  ): readonly Made[] =>
    made.map((each) => ({ ...each, outputs: each.outputs.filter(({ path }) => paths.has(path)) }));
  return { ...run, jobs: only(run.jobs), kept: only(run.kept) };
}
