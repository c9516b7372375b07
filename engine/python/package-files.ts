/** Our own modules in Python: the package that studies import, and what runs a study. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { signaturesJson } from "./signatures.ts";

export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** Beside this code in the source tree; `dist` is built flat beside `engine`, in the package too. */
function packageFolder(here = import.meta.url): string {
  const place = here.endsWith(".ts") ? "./packages/" : "../engine/python/packages/";
  return fileURLToPath(new URL(place, here));
}

/** By path below the folder. */
export function packageFiles(): PackageFiles {
  const folder = packageFolder();
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names
    .filter((name) => name.endsWith(".py"))
    .map((name) => [name.replaceAll("\\", "/"), readFileSync(`${folder}${name}`)] as const);
  const signatures = new TextEncoder().encode(signaturesJson());
  return new Map([...files, ["cohortextractor/signatures.json", signatures]]);
}
