/** A study without cohort files in a folder: what was looked for, and where there are some. */
import { parseCohortFileName } from "../../base/file-names.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { RunContext } from "../context.ts";
import { filesIn, foldersBelow } from "../folders-below.ts";
import { shownFolder } from "../shown-folder.ts";
import type { StudyLocation } from "../studies/study-discovery.ts";

export function noCohortFiles(
  { name, suffix }: StudyLocation,
  folder: string,
  { workspace }: Pick<RunContext, "workspace">,
): Problem {
  const stem = `input${suffix}`;
  const elsewhere = foldersBelow(workspace)
    .map((each) => ({ folder: shownFolder(workspace, each), files: cohortsOf(each, stem) }))
    .filter(({ files }) => files > 0);
  const facts = { study: name, folder: shownFolder(workspace, folder), beginning: `${stem}_` };
  return problem("no-cohort-files", { ...facts, elsewhere });
}

function cohortsOf(folder: string, stem: string): number {
  return filesIn(folder).filter((name) => parseCohortFileName(name)?.stem === stem).length;
}
