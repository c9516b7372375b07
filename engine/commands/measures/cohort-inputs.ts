/** The cohort files that measures are made from: their bytes, and who is known to have made them. */
import { join, relative, sep } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import type { DatedFile } from "../cohorts/cohort-files.ts";
import { readOrigin } from "../manifest/cohort-origin.ts";
import type { CohortOrigin } from "../manifest/cohort-origin.ts";
import type { Manifest } from "../manifest/manifest-text.ts";
import type { RunContext } from "../context.ts";

export interface CohortInput extends DatedFile {
  /** Null where the file cannot be read. */
  readonly sha256: string | null;
  /** Why it cannot. */
  readonly problems: readonly Problem[];
}

/** Ends well whatever the files: a problem belongs to its file. */
export function hashInputs(
  folder: string,
  files: readonly DatedFile[],
): Promise<readonly CohortInput[]> {
  return Promise.all(
    files.map(async (file) => {
      try {
        return { ...file, sha256: await fileSha256(join(folder, file.fileName)), problems: [] };
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return { ...file, sha256: null, problems: error.problems };
      }
    }),
  );
}

export type Maker =
  /** `generate_cohort`; the origin is null where an older engine did not record it. */
  | { readonly kind: "engine"; readonly sha256: string; readonly origin: CohortOrigin | null }
  /** An action of the pipeline, whose record is newer than the manifest's. */
  | { readonly kind: "action"; readonly sha256: string; readonly action: string }
  | { readonly kind: "unknown" };

export interface MadeFile extends DatedFile {
  readonly maker: Maker;
}

/** Who made each file last, as the pipeline's records say, otherwise the folder's manifest. */
export function makersOf(
  folder: string,
  files: readonly DatedFile[],
  manifest: Manifest,
  { workspace, recordedInputs = {} }: Pick<RunContext, "workspace" | "recordedInputs">,
): readonly MadeFile[] {
  return files.map((file) => {
    const path = relative(workspace, join(folder, file.fileName)).split(sep).join("/");
    const recorded = Object.hasOwn(recordedInputs, path) ? recordedInputs[path] : undefined;
    const entry = Object.hasOwn(manifest, file.fileName) ? manifest[file.fileName] : undefined;
    if (recorded !== undefined && recorded.sha256 !== entry?.sha256) {
      return { ...file, maker: { kind: "action", ...recorded } };
    }
    if (entry === undefined) return { ...file, maker: { kind: "unknown" } };
    const { sha256, origin } = entry;
    return { ...file, maker: { kind: "engine", sha256, origin: readOrigin(origin) } };
  });
}
