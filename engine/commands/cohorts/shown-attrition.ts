/** The attrition that lies beside a study's cohorts, if it is of these cohorts. */
import { join } from "node:path";
import { attritionFileName } from "../../base/file-names.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import type { ShownAttrition } from "../../profile/attrition.ts";
import type { Treatment } from "../../profile/treatment.ts";
import type { RunContext } from "../context.ts";
import { fail, problem } from "../problems.ts";
import type { LoadedStudy } from "../studies/load-study.ts";
import { attritionOf } from "./attrition-files.ts";
import type { AttritionFile } from "./attrition-files.ts";
import { readAttrition } from "./read-attrition.ts";

/**
 * First that of the cohorts themselves, then those of cohorts of the study that were given another name. Left out,
 * with a warning, where it counts cohorts that were made anew since; without a word where there is none.
 * Problems: attrition-file-modified, those of `readAttrition`.
 */
export async function shownAttrition(
  folder: string,
  { location, study }: LoadedStudy,
  treatment: Treatment,
  { reporter }: Pick<RunContext, "reporter">,
): Promise<readonly ShownAttrition[]> {
  const own = attritionFileName("input", location.suffix);
  const known = new Map(attritionOf(folder, study.name).map((each) => [each.file, each]));
  const others = [...known.keys()].filter((file) => file !== own).sort(byCodePoint);
  const shown: ShownAttrition[] = [];
  for (const file of [own, ...others]) {
    const entry = known.get(file);
    if (entry?.isCurrent === false) {
      const found = problem("attrition-leftover", { study: study.name, file });
      reporter.report({ kind: "warning", problem: found });
      continue;
    }
    const dates = await readUnchanged(folder, { file, sha256: entry?.sha256 ?? null }, treatment);
    if (dates !== null) shown.push({ file, dates });
  }
  return shown;
}

async function readUnchanged(
  folder: string,
  { file, sha256 }: Pick<AttritionFile, "file"> & { readonly sha256: string | null },
  treatment: Treatment,
): Promise<ShownAttrition["dates"] | null> {
  const path = join(folder, file);
  if (sha256 !== null && (await fileSha256(path)) !== sha256) {
    fail("attrition-file-modified", { file });
  }
  return readAttrition(path, treatment);
}
