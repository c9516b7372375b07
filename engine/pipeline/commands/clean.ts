/** The command `clean`: says what commands that were killed left behind, and removes it. */
import { pathBelow } from "../../files/enclosure.ts";
import { leftInStudy, leftInTemporary } from "../../files/find-left.ts";
import type { RequestOf } from "../../options/command-table.ts";
import type { PipelineAnswer } from "./answer.ts";
import type { LeftBehind } from "../../files/find-left.ts";
import { refuseForeignFolder, removeOwn } from "../../files/own-folder.ts";
import { metadataPaths } from "../record/metadata-paths.ts";
import type { PipelineContext } from "../context.ts";

type CleanRequest = RequestOf<"clean">;

export function clean(request: CleanRequest, context: PipelineContext): PipelineAnswer {
  const cleaned = cleanStudy(context, request);
  const lines = request.json
    ? [JSON.stringify(cleaned)]
    : cleanLines(cleaned, request, context.folder);
  return { lines, exitCode: 0 };
}

interface Cleaned {
  readonly removed: readonly LeftBehind[];
  /** Of processes that cannot be seen from here. */
  readonly kept: readonly LeftBehind[];
}

/** Nothing of a living process is touched. Problems: file-is-a-link, folder-not-ours, those of files. */
function cleanStudy(
  { folder, temporary, host }: PipelineContext,
  { dryRun, force }: CleanRequest,
): Cleaned {
  refuseForeignFolder(folder, metadataPaths(folder).working);
  const left = [...leftInTemporary(temporary), ...leftInStudy(folder, host)];
  const removed = left.filter(({ isUnknown }) => force || !isUnknown);
  if (!dryRun) {
    for (const { path } of removed) {
      removeOwn(pathBelow(folder, path) === null ? temporary : folder, path);
    }
  }
  return { removed, kept: left.filter((each) => !removed.includes(each)) };
}

function cleanLines(
  { removed, kept }: Cleaned,
  { dryRun }: CleanRequest,
  folder: string,
): readonly string[] {
  const line = (verb: string, { path, what, bytes }: LeftBehind): string => {
    return `${verb} ${pathBelow(folder, path) ?? path}  (${what}, ${bytes} bytes)`;
  };
  if (removed.length + kept.length === 0) return ["Nothing is left behind."];
  return [
    ...removed.map((each) => line(dryRun ? "Would remove" : "Removed", each)),
    ...kept.map((each) => line("Kept", each)),
    ...(kept.length === 0 ? [] : [KEPT]),
  ];
}

const KEPT =
  "What was kept belongs to another container or machine, and may be in use. It is removed a day after its last sign of life, or with --force.";
