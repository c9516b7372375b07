/** A key of the user's own, by which the engine knows again what it wrote for this user. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { makeSecretKey, readSecretKey } from "../../files/secret-key.ts";

/** Null where there is none. Throws what the file system says. */
export function readUserKey(folder: string): Buffer | null {
  return readSecretKey(join(folder, "key"));
}

/** Throws what the file system says. */
export function makeUserKey(folder: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return makeSecretKey(join(folder, "key"));
}
