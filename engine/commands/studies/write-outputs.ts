import { dirname, join } from "node:path";
import { fail } from "../../files/problems.ts";
import { openAtomicFile } from "../../files/atomic-file.ts";
import { enclose, makeFolderIn } from "../../files/enclosure.ts";

/**
 * Writes small text files below the workspace, each whole or not at all. The folder must really lie
 * inside: a link that leads out is a problem (file-outside-workspace).
 */
export async function writeOutputs(
  workspace: string,
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<void> {
  for (const { path, text } of files) {
    const target = join(workspace, path);
    if (!makeFolderIn(enclose(workspace), dirname(target))) {
      fail("file-outside-workspace", { path });
    }
    const file = await openAtomicFile(target);
    await file.write(Buffer.from(text, "utf8"));
    await file.commit();
  }
}
