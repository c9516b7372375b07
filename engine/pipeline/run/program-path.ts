/** Where programs of this machine are. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/**
 * Where PATH finds a program; null where it does not. Parts of PATH that are not absolute are passed over:
 * they would find what a study brings.
 */
export function programPath(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((each) => isAbsolute(each));
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
