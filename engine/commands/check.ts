/** The command `check`, as far as studies go. */
import { ProblemError } from "../base/problems.ts";
import type { RequestOf } from "../options/command-table.ts";
import type { RunContext } from "./context.ts";
import { measuresLeftOut, unsuppressedMeasures } from "./measures/measure-warnings.ts";
import { checkAllExpectations } from "./studies/check-all-expectations.ts";
import { loadRequested } from "./studies/load-study.ts";

/**
 * Reports every problem of the selected studies, those of their expectations too, which matter only
 * once dummy data are made: with `realData` none need be there. Gives a line for each study that is in order.
 */
export async function checkStudies(
  request: RequestOf<"check">,
  context: RunContext,
): Promise<readonly string[]> {
  const { strict, realData } = request;
  const loaded = await loadRequested(request, context, !realData);
  checkAllExpectations(loaded, context, realData);
  const found = loaded.flatMap((each) => [
    ...measuresLeftOut(each),
    ...unsuppressedMeasures(each.study).map((bare) => bare.problem),
  ]);
  if (strict && found.length > 0) throw new ProblemError(found);
  for (const each of found) context.reporter.report({ kind: "warning", problem: each });
  const lines = loaded.map(({ study }) => {
    const { name, output, measures } = study;
    return `${name}: ${counted(output.length, "column")}, ${counted(measures.length, "measure")}, no problem`;
  });
  // A study that is run with several parameters is read with each.
  return [...new Set(lines)];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
