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
import type { PipelineManifest } from "../record/manifest.ts";
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
  const files = filesIn(manifest, folder);
  const hash = fileHashes(folder);
  const problems: Problem[] = held.isOurs
    ? []
    : [problem("records-foreign", { files: [held.file] })];
  for (const { path, place, action, sha256 } of files) {
    const found = await hash(place);
    if (found === null) problems.push(problem("output-gone", { file: path, action }));
    else if (found !== sha256) problems.push(problem("output-altered", { file: path, action }));
  }
  const wrong = problems.filter(({ code }) => code !== "records-foreign").length;
  return { files: files.length, wrong, problems };
}

interface FileToVerify {
  readonly path: string;
  /** From the study's folder. */
  readonly place: string;
  readonly action: string;
  readonly sha256: string;
}

function filesIn({ files, actions }: PipelineManifest, folder: string): readonly FileToVerify[] {
  const paths = metadataPaths(folder);
  const inside = (path: string): string => path.slice(folder.length + 1);
  const made = Object.entries(files).map(([path, { action, sha256, withheld }]) => {
    const aside = join(paths.withheld, actions[action]?.file_name ?? action, path);
    return { path, place: withheld === null ? path : inside(aside), action, sha256 };
  });
  const rewritten = Object.entries(actions).flatMap(([action, { file_name: name, rewritten }]) =>
    Object.entries(rewritten).map(([path, sha256]) => {
      const place = inside(join(paths.rewritten, name, path));
      return { path: place, place, action, sha256 };
    }),
  );
  return [...made, ...rewritten];
}
