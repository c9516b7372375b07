/** Holds the files of the folder against metadata/manifest.json. */
import { join } from "node:path";
import { fail, problem } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { fileHashes } from "../state/file-stamp.ts";
import { metadataPaths } from "./metadata-paths.ts";
import { readPipelineManifest } from "./manifest.ts";

export interface Verified {
  readonly files: number;
  readonly problems: readonly Problem[];
}

/** Reads every byte. Problems: no-manifest at once; output-gone, output-altered for each file. */
export async function verifyFiles(folder: string): Promise<Verified> {
  const manifest = readPipelineManifest(folder) ?? fail("no-manifest", {});
  const files = Object.entries(manifest.files);
  const withheldIn = metadataPaths(folder).withheld.slice(folder.length + 1);
  const hash = fileHashes(folder);
  const folderOf = (action: string): string => manifest.actions[action]?.file_name ?? action;
  const problems: Problem[] = [];
  for (const [path, { action, sha256, withheld }] of files) {
    const place = withheld === null ? path : join(withheldIn, folderOf(action), path);
    const found = await hash(place);
    if (found === null) problems.push(problem("output-gone", { file: path, action }));
    else if (found !== sha256) problems.push(problem("output-altered", { file: path, action }));
  }
  return { files: files.length, problems };
}
