/** The secret by which cohorts of a workspace are marked; see `measures/mark-cohort.ts`. */
import { join } from "node:path";
import { makeMetadataFolder } from "../../files/metadata-folder.ts";
import { makeSecretKey, readSecretKey } from "../../files/secret-key.ts";

/**
 * Of the workspace and not of the user, so that releases of colleagues can be compared; in `metadata/`, which
 * nothing releases and no action sees. Whoever has it and a small cohort's mark could try out values. Null where it
 * cannot be kept: cohorts are then not marked, and later releases not compared.
 */
export async function workspaceSecret(workspace: string, shared: boolean): Promise<string | null> {
  try {
    const file = join(await makeMetadataFolder(workspace, shared), "cohort-marks.key");
    return (readSecretKey(file) ?? makeSecretKey(file)).toString("hex");
  } catch {
    return null;
  }
}
