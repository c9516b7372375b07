/** `metadata/` in a study's folder: the engine's own, and never in a repository. */
import { join } from "node:path";
import { makeOwnFolder, readOwnFile, writeOwnFile } from "./own-folder.ts";
import { sweepPartials } from "./sweep-partials.ts";

const IGNORED = Buffer.from("*\n");

/**
 * Makes it, for its owner alone unless it is shared on purpose; git is told to leave all of it out. Problems:
 * those of `makeOwnFolder`, `sweepPartials` and `writeOwnFile`.
 */
export async function makeMetadataFolder(study: string, shared: boolean): Promise<string> {
  const root = join(study, "metadata");
  makeOwnFolder({ root: study, shared }, root);
  // A command that was killed here has left what it was writing, the key of marks perhaps.
  await sweepPartials(root);
  const ignore = join(root, ".gitignore");
  if (readOwnFile(study, ignore)?.equals(IGNORED) !== true) {
    await writeOwnFile(study, ignore, IGNORED);
  }
  return root;
}
