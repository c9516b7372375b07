/** The attrition that lies beside a study's cohorts, if it is of these cohorts. */
import { join } from "node:path";
import { attritionFileName } from "../../base/file-names.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import type { AttritionAt } from "../../profile/attrition.ts";
import type { Treatment } from "../../profile/treatment.ts";
import type { RunContext } from "../context.ts";
import { fail, problem } from "../problems.ts";
import type { LoadedStudy } from "../studies/load-study.ts";
import { attritionOf } from "./attrition-files.ts";
import { readAttrition } from "./read-attrition.ts";

/**
 * Null, and a warning, where it counts cohorts that were made anew since; null without a word where there is none.
 * Problems: attrition-file-modified, those of `readAttrition`.
 */
export async function shownAttrition(
  folder: string,
  { location, study }: LoadedStudy,
  treatment: Treatment,
  { reporter }: Pick<RunContext, "reporter">,
): Promise<readonly AttritionAt[] | null> {
  const file = attritionFileName("input", location.suffix);
  const known = attritionOf(folder, study.name).find((each) => each.file === file);
  if (known?.isCurrent === false) {
    const found = problem("attrition-leftover", { study: study.name, file });
    reporter.report({ kind: "warning", problem: found });
    return null;
  }
  const path = join(folder, file);
  if (known !== undefined && (await fileSha256(path)) !== known.sha256) {
    fail("attrition-file-modified", { file });
  }
  return readAttrition(path, treatment);
}
