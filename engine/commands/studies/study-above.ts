/** Where the study is, for a person who stands in one of its folders. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** `..` or `../..`; null where no folder above looks like a study. A repository is not left. */
export function studyAbove(folder: string): string | null {
  let [at, way] = [folder, ""];
  while (!existsSync(join(at, ".git")) && dirname(at) !== at) {
    at = dirname(at);
    way = way === "" ? ".." : `${way}/..`;
    if (existsSync(join(at, "project.yaml")) || existsSync(join(at, "analysis"))) return way;
  }
  return null;
}
