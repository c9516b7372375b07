/** The command `trust`: a person says that the records of a folder are to be believed, whoever wrote them. */
import { realpathSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { fail } from "../problems.ts";
import { pathBelow } from "../../files/enclosure.ts";
import { failForFile } from "../../files/file-problem.ts";
import { writeWholeFile } from "../../files/whole-file.ts";
import type { RequestOf } from "../../options/command-table.ts";
import type { PipelineContext } from "../context.ts";
import type { PipelineAnswer } from "./answer.ts";
import { trustFile } from "../trust/seals.ts";
import { makeFolder, OWNER_ONLY } from "../../files/make-folder.ts";

export async function trust(
  { revoke }: RequestOf<"trust">,
  { folder, userState }: PipelineContext,
): Promise<PipelineAnswer> {
  return { lines: [await trustRecords(folder, userState, revoke)], exitCode: 0 };
}

/** Kept in the user's own folder, never in the study. Problems: no-user-state, those of files. */
async function trustRecords(
  folder: string,
  state: string | null,
  revoke: boolean,
): Promise<string> {
  const place = realpathSync(folder);
  if (state === null) return fail("no-user-state", { why: "HOME is not set" });
  if (pathBelow(place, state) !== null) {
    return fail("no-user-state", { why: `${state} lies inside the study, ${place}` });
  }
  const file = trustFile(state, place);
  try {
    if (revoke) rmSync(file, { force: true });
    else makeFolder(dirname(file), OWNER_ONLY);
  } catch (error) {
    return failForFile(error, file, "write");
  }
  if (revoke) return `Of the records in ${place} only your own are believed from now on.`;
  await writeWholeFile(file, Buffer.from(`${place}\n`));
  return `The records in ${place} are believed from now on, whoever wrote them. Take it back with: cohortline trust --revoke`;
}
