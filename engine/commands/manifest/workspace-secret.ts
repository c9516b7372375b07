/** The secret by which cohorts of a workspace are marked; see `measures/mark-cohort.ts`. */
import { join } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { systemCode } from "../../files/file-problem.ts";
import { makeMetadataFolder } from "../../files/metadata-folder.ts";
import { makeSecretKey, readSecretKey } from "../../files/secret-key.ts";
import { problem } from "../problems.ts";

export interface WorkspaceSecret {
  /** Null where it cannot be had. */
  readonly secret: string | null;
  /** A warning: why it cannot. */
  readonly problem: Problem | null;
}

/**
 * Of the workspace and not of the user, so that releases of colleagues can be compared; in `metadata/`, which
 * nothing releases and no action sees. Whoever has it and a small cohort's mark could try out values. Where it
 * cannot be had, cohorts are not marked, and later releases not compared. Problem: cohorts-not-marked.
 */
export async function workspaceSecret(
  workspace: string,
  shared: boolean,
): Promise<WorkspaceSecret> {
  try {
    const file = join(await makeMetadataFolder(workspace, shared), FILE);
    const secret = (readSecretKey(file) ?? makeSecretKey(file)).toString("hex");
    return { secret, problem: null };
  } catch (error) {
    const file = `metadata/${FILE}`;
    return {
      secret: null,
      problem: problem("cohorts-not-marked", { file, reason: reasonOf(error) }),
    };
  }
}

const FILE = "cohort-marks.key";

/** What the file system says names a path of this machine: its code alone is told. */
function reasonOf(error: unknown): string {
  if (error instanceof ProblemError) return error.problems.map(({ message }) => message).join("; ");
  return systemCode(error) ?? (error instanceof Error ? error.message : String(error));
}
