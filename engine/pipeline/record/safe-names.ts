/** Names and paths that stand in records: they are made paths of, and must lead nowhere else. */
import { isAbsolute, sep } from "node:path";
import { text, WrongField } from "./read-fields.ts";
import type { Read } from "./read-fields.ts";

const OWN_FOLDERS = ["metadata", ".git"];

/** As outputs of project.yaml may be: below the study, and not where the engine or git keep their own. */
export const outputPath: Read<string> = (value, field) => {
  const path = pathInside(value, field);
  if (
    OWN_FOLDERS.includes(
      (partsOf(path).find((part) => part !== "" && part !== ".") ?? "").toLowerCase(),
    )
  ) {
    throw new WrongField(field, "a path outside metadata/ and .git/");
  }
  return path;
};

/** Below the study. */
export const pathInside: Read<string> = (value, field) => {
  const path = text(value, field);
  const isOdd = path === "" || path.includes("\0") || isAbsolute(path);
  if (isOdd || partsOf(path).includes("..")) {
    throw new WrongField(field, "a path below the study's folder");
  }
  return path;
};

/** Elsewhere than on Windows a backslash is a letter like others. */
function partsOf(path: string): readonly string[] {
  return path.split(sep === "/" ? "/" : /[/\\]/);
}

export const fileName: Read<string> = (value, field) => {
  const name = pathInside(value, field);
  if (partsOf(name).length > 1 || name === ".") throw new WrongField(field, "the name of a file");
  return name;
};
