import type { RecordFolder } from "../record/record-file.ts";
import type { PipelineContext } from "../context.ts";
import { openSeals } from "./seals.ts";

/** The records of the study that a command is about. */
export function recordsOf({
  folder,
  userState,
}: Pick<PipelineContext, "folder" | "userState">): RecordFolder {
  return { folder, seals: openSeals(folder, userState) };
}
