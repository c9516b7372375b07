/** The command `verify`: checks output files against metadata/manifest.json. */
import { join } from "node:path";
import { ProblemError, tonedProblem } from "../../base/problems.ts";
import { visibleJson } from "../../base/visible-text.ts";
import type { RequestOf } from "../../options/command-table.ts";
import type { PipelineContext } from "../context.ts";
import { requireProjectFile } from "../project/read-project-file.ts";
import { recordsOf } from "../trust/records-of.ts";
import type { PipelineAnswer } from "./answer.ts";
import { fail, problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { fileHashes } from "../state/file-stamp.ts";
import { metadataPaths } from "../record/metadata-paths.ts";
import { readPipelineManifest } from "../record/manifest-file.ts";
import type { RecordFolder } from "../record/record-file.ts";

export async function verify(
  { json }: RequestOf<"verify">,
  context: PipelineContext,
): Promise<PipelineAnswer> {
  const { files, wrong, problems } = await verifyFiles(recordsOf(context));
  const exitCode = problems.length === 0 ? 0 : 1;
  if (json) return { lines: [visibleJson({ files, problems })], exitCode };
  const summary = `${files - wrong} of ${files} files are as the manifest says.`;
  return { lines: [...problems.flatMap(tonedProblem), summary], exitCode };
}

interface Verified {
  readonly files: number;
  /** Of these, how many are not as the manifest says. */
  readonly wrong: number;
  readonly problems: readonly Problem[];
}

/**
 * Reads every byte. Problems: project-missing, no-manifest and record-unreadable at once; records-foreign where nothing
 * proves the manifest itself; output-gone, output-altered for each file.
 */
async function verifyFiles(place: RecordFolder): Promise<Verified> {
  const { folder } = place;
  const held = readPipelineManifest(place);
  if (held.kind === "absent") {
    requireProjectFile(folder);
    return fail("no-manifest", {});
  }
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
