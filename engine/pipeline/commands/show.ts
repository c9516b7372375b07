/** The command `show`. */
import { visibleJson } from "../../base/visible-text.ts";
import type { RequestOf } from "../../options/command-table.ts";
import { showLines } from "../console/show-lines.ts";
import type { PipelineContext } from "../context.ts";
import { comparisonsOf } from "../record/compare-runs.ts";
import { findRun } from "../record/find-run.ts";
import type { PipelineAnswer } from "./answer.ts";
import { reportedRuns } from "./runs.ts";

export function show(
  { run: wanted, json }: RequestOf<"show">,
  context: PipelineContext,
): PipelineAnswer {
  const known = reportedRuns(context);
  const run = findRun(wanted, known);
  const comparisons = comparisonsOf(run, known.runs);
  const lines = json ? [visibleJson({ run, comparisons })] : showLines(run, comparisons);
  return { lines, exitCode: 0 };
}
