/** Holds the files of the folder against metadata/manifest.json. */
import { join } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import { fail, problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { fileHashes } from "../state/file-stamp.ts";
import { metadataPaths } from "./metadata-paths.ts";
import { readPipelineManifest } from "./manifest-file.ts";
import type { RecordFolder } from "./record-file.ts";

export interface Verified {
  readonly files: number;
  /** Of these, how many are not as the manifest says. */
  readonly wrong: number;
  readonly problems: readonly Problem[];
}

/**
 * Reads every byte. Problems: no-manifest and record-unreadable at once; records-foreign where nothing
 * proves the manifest itself; output-gone, output-altered for each file.
 */
export async function verifyFiles(place: RecordFolder): Promise<Verified> {
  const { folder } = place;
  const held = readPipelineManifest(place);
  if (held.kind === "absent") return fail("no-manifest", {});
  if (held.kind === "unreadable") throw new ProblemError([held.problem]);
  const manifest = held.record;
  const files = Object.entries(manifest.files);
  const withheldIn = metadataPaths(folder).withheld.slice(folder.length + 1);
  const hash = fileHashes(folder);
  const folderOf = (action: string): string => manifest.actions[action]?.file_name ?? action;
  const problems: Problem[] = held.isOurs
    ? []
    : [problem("records-foreign", { files: [held.file] })];
  for (const [path, { action, sha256, withheld }] of files) {
    const place = withheld === null ? path : join(withheldIn, folderOf(action), path);
    const found = await hash(place);
    if (found === null) problems.push(problem("output-gone", { file: path, action }));
    else if (found !== sha256) problems.push(problem("output-altered", { file: path, action }));
  }
  const wrong = problems.filter(({ code }) => code !== "records-foreign").length;
  return { files: files.length, wrong, problems };
}
