/** The command `clean`: says what commands that were killed left behind, and removes it. */
import { pathBelow } from "../files/enclosure.ts";
import { leftInStudy, leftInTemporary } from "../files/find-left.ts";
import type { LeftBehind } from "../files/find-left.ts";
import { refuseForeignFolder, removeOwn } from "../files/own-folder.ts";
import { metadataPaths } from "./record/metadata-paths.ts";
import type { PipelineWorld } from "./world.ts";

export interface CleanOptions {
  readonly dryRun: boolean;
  /** Also what is of another container or machine, and may be in use there. */
  readonly force: boolean;
}

export interface Cleaned {
  readonly removed: readonly LeftBehind[];
  /** Of processes that cannot be seen from here. */
  readonly kept: readonly LeftBehind[];
}

/** Nothing of a living process is touched. Problems: file-is-a-link, folder-not-ours, those of files. */
export function cleanStudy(
  { folder, temporary, host }: PipelineWorld,
  { dryRun, force }: CleanOptions,
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

export function cleanLines(
  { removed, kept }: Cleaned,
  { dryRun }: CleanOptions,
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
