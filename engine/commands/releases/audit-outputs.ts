/** Where an audit may write: never over what it read, over one another, or over what other commands made. */
import { realpathSync } from "node:fs";
import { basename, resolve } from "node:path";
import { MANIFEST_FILE, parseCohortFileName } from "../../base/file-names.ts";
import type { RequestOf } from "../../options/command-table.ts";
import { measureIdOf } from "../measures/measure-files.ts";
import { fail } from "../problems.ts";

type Asked = Pick<
  RequestOf<"audit">,
  "certificate" | "html" | "repair" | "description" | "known" | "policy"
>;

/** Problem: usage. */
export function refuseOverwriting(asked: Asked, folder: string): void {
  const { certificate, html, repair, description, known, policy } = asked;
  const taken = new Map<string, string>();
  const read = { "--description": description, "--known": known, "--policy": policy };
  for (const [option, file] of Object.entries(read))
    if (file !== undefined) taken.set(placeOf(folder, file), option);
  const written = { "--certificate": certificate, "--html": html, "--repair": repair };
  for (const [option, file] of Object.entries(written)) {
    if (file === undefined) continue;
    const place = placeOf(folder, file);
    const other = taken.get(place);
    if (other !== undefined) refuse(`${option} and ${other} name one file`);
    if (isOfOthers(basename(place)))
      refuse(`${option} has the name of a file of cohorts or measures`);
    taken.set(place, option);
  }
}

/** The same for two names of one file or folder. */
export function placeOf(folder: string, file: string): string {
  const path = resolve(folder, file);
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function isOfOthers(name: string): boolean {
  return name === MANIFEST_FILE || measureIdOf(name) !== null || parseCohortFileName(name) !== null;
}

function refuse(sentence: string): never {
  return fail("usage", { sentence, wayOut: "What stands there would be lost: name another file." });
}
