/** A key of its own in a file: 256 bits that nobody else can read. */
import { randomBytes } from "node:crypto";
import { linkSync, lstatSync, rmSync, writeFileSync } from "node:fs";
import { systemCode } from "./file-problem.ts";
import { readSmallFile } from "./small-file.ts";

const KEY = /^[0-9a-f]{64}\n$/;
const PRIVATE = 0o077;

/** Null where there is none. Throws what the file system says. */
export function readSecretKey(file: string): Buffer | null {
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
export function makeSecretKey(file: string): Buffer {
  const made = `${file}.${randomBytes(8).toString("hex")}`;
  try {
    writeFileSync(made, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    linkSync(made, file);
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  } finally {
    rmSync(made, { force: true });
  }
  return readSecretKey(file) ?? makeSecretKey(file);
}
