/** A key of the user's own, by which the engine knows again what it wrote for this user. */
import { join } from "node:path";
import { makeSecretKey, readSecretKey } from "../../files/secret-key.ts";
import { makeFolder, OWNER_ONLY } from "../../files/make-folder.ts";

/** Null where there is none. Throws what the file system says. */
export function readUserKey(folder: string): Buffer | null {
  return readSecretKey(join(folder, "key"));
}

/** Throws what the file system says. */
export function makeUserKey(folder: string): Buffer {
  makeFolder(folder, OWNER_ONLY);
  return makeSecretKey(join(folder, "key"));
}
