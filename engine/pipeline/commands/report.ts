/** The command `report`. */
import type { RequestOf } from "../../options/command-table.ts";
import type { PipelineContext } from "../context.ts";
import { comparisonsOf } from "../record/compare-runs.ts";
import { findRun } from "../record/find-run.ts";
import { attritionPictures } from "../report/attrition-pictures.ts";
import { isInFolder, lastAudit } from "../report/last-audit.ts";
import { measurePictures } from "../report/measure-pictures.ts";
import { reportPage } from "../report/report-page.ts";
import { answerOrFile } from "./answer.ts";
import type { PipelineAnswer } from "./answer.ts";
import { reportedRuns } from "./runs.ts";

export async function report(
  { run: wanted, outputFile }: RequestOf<"report">,
  context: PipelineContext,
): Promise<PipelineAnswer> {
  const known = reportedRuns(context);
  const run = findRun(wanted, known);
  const page = reportPage(run, comparisonsOf(run, known.runs), {
    measures: await measurePictures(run, context.folder),
    attrition: await attritionPictures(run, context.folder),
    verdictOf: lastAudit(
      run,
      known.runs.filter(({ id }) => known.ours.has(id)),
      isInFolder(context.folder),
    ),
  })
    .trimEnd()
    .split("\n");
  if (outputFile === "-") return { lines: page, exitCode: 0 };
  // Beside the records, where it is nobody's code.
  return answerOrFile(page, outputFile ?? `metadata/report-${run.number}.html`, context);
}
