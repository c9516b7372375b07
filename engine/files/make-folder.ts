/** A folder with all that it lies in. */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

export const OWNER_ONLY = { mode: 0o700 };

/**
 * Makes what is missing, one folder after the other, and gives what it made, the uppermost first. Asked to make all at
 * once, Node tries for ever where a file system says that what lies above is not there although it is, as /proc does.
 * Throws what the file system says.
 */
export function makeFolder(path: string, options: { readonly mode?: number } = {}): string[] {
  const missing: string[] = [];
  for (let at = path; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  // What is there may be a file.
  if (missing.length === 0) makeOne(path, options);
  return missing.filter((each) => makeOne(each, options));
}

function makeOne(path: string, options: { readonly mode?: number }): boolean {
  try {
    mkdirSync(path, options);
    return true;
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (isFolder(path)) return false;
    throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
