/** Which names actions may have, and how the runner's files of an action are called. */
import { createHash } from "node:crypto";

/** Room for what file systems allow, 255 bytes, with the endings of partial files. */
const MOST_BYTES = 150;

/** Names of devices on Windows, whatever follows behind a point. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Why no file can be called so; null where one can. */
export function actionNameFault(name: string): string | null {
  if (name.trim() === "") return "it is empty";
  if (name === "." || name === "..") return "it stands for a folder";
  if (/[/\\]/.test(name)) return "a / or a \\ parts folders";
  return /[\n\r\t]/.test(name) ? "it has a line break or a tab" : null;
}

/**
 * What the log and the records of each action are called: its name, where that can be a file's name
 * and no other action's differs only in letter case, which some file systems do not tell. Otherwise
 * with a hash of the name.
 */
export function actionFileNames(names: readonly string[]): ReadonlyMap<string, string> {
  const alike = new Map<string, number>();
  for (const name of names) alike.set(folded(name), (alike.get(folded(name)) ?? 0) + 1);
  return new Map(
    names.map((name) => [name, alike.get(folded(name)) === 1 ? fileNameOf(name) : hashed(name)]),
  );
}

/** For a name that stands alone. */
export function fileNameOf(name: string): string {
  const fits = Buffer.byteLength(name) <= MOST_BYTES && actionNameFault(name) === null;
  return fits && !DEVICE.test(name) ? name : hashed(name);
}

function folded(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

function hashed(name: string): string {
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 12);
  const letters = Array.from(name.replace(/[/\\.\s]+/g, "_")).slice(0, MOST_BYTES / 2);
  while (Buffer.byteLength(letters.join("")) > MOST_BYTES / 2) letters.pop();
  return `${letters.join("")}-${hash}`;
}
