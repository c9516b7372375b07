/** A key of the user's own, by which the engine knows again what it wrote for this user. */
import { randomBytes } from "node:crypto";
import { linkSync, lstatSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../files/file-problem.ts";
import { readSmallFile } from "../../files/small-file.ts";

const KEY = /^[0-9a-f]{64}\n$/;
const PRIVATE = 0o077;

/** Null where there is none. Throws what the file system says. */
export function readUserKey(folder: string): Buffer | null {
  const file = join(folder, "key");
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return null;
  // Whoever else can read it can write records in this user's name. Windows has no owners of this kind.
  const user = process.geteuid?.();
  if (user !== undefined && (found.uid !== user || (found.mode & PRIVATE) !== 0)) {
    throw new Error("its key is not this user's alone; remove it");
  }
  const text = readSmallFile(file, { most: 1024, follow: false })?.toString("latin1") ?? "";
  if (!KEY.test(text)) throw new Error("its key is damaged; remove it");
  return Buffer.from(text.trim(), "hex");
}

/** Of two commands that make it at once both take the first one's. Throws what the file system says. */
export function makeUserKey(folder: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made = join(folder, `key.${randomBytes(8).toString("hex")}`);
  try {
    writeFileSync(made, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    linkSync(made, join(folder, "key"));
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  } finally {
    rmSync(made, { force: true });
  }
  return readUserKey(folder) ?? makeUserKey(folder);
}
