/** The command `cohort_joiner`: the action of that name, without a container. */
import { resolve } from "node:path";
import type { RequestOf } from "../options/command-table.ts";
import type { RunContext, RunSummary } from "./context.ts";
import { joinFiles } from "./joiner/join-files.ts";
import { joinInputs } from "./joiner/join-inputs.ts";
import { inOutputFolder } from "./manifest/output-folder.ts";
import { finished } from "./reporting/summary.ts";
import { shownFolder } from "./shown-folder.ts";

/** What can be said of the files without reading their rows is told before the first one is written. */
export async function cohortJoiner(
  request: RequestOf<"cohort_joiner">,
  context: RunContext,
): Promise<RunSummary> {
  const began = context.now();
  const folder = resolve(context.workspace, request.outputDir);
  const inputs = await joinInputs(request, context);
  const joining = { ...inputs, folder, skipExisting: request.skipExisting };
  const made = await inOutputFolder(folder, "cohort_joiner", context, () =>
    joinFiles(joining, context),
  );
  const summary = { folder: shownFolder(context.workspace, folder), ...made };
  return finished("cohort_joiner", summary, began, context);
}
