/** Who is in the cohorts of a run and why, from attrition files that the run let out. */
import { basename, join } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import { readAttrition } from "../../commands/cohorts/read-attrition.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import type { RunRecord } from "../record/run-record.ts";
import { folderOfOutput, releasedOutputs } from "./released-outputs.ts";

type Dates = NonNullable<ReturnType<typeof readAttrition>>;

export interface AttritionPictures {
  readonly found: readonly { readonly path: string; readonly dates: Dates }[];
  /** Why files are not drawn; nothing of them is in it. */
  readonly notDrawn: readonly string[];
}

/**
 * A file is drawn if the run let it out at `moderately_sensitive` and it has the bytes of then; its numbers are rounded
 * again, whoever wrote them.
 */
export async function attritionPictures(
  run: RunRecord,
  folder: string,
): Promise<AttritionPictures> {
  const found: AttritionPictures["found"][number][] = [];
  const notDrawn: string[] = [];
  for (const [path, sha256] of releasedOutputs(run)) {
    if (!/^attrition[^/]*\.csv$/.test(basename(path))) continue;
    const place = folderOfOutput(folder, path);
    if (place === null) continue;
    try {
      const file = join(place, basename(path));
      const dates = readAttrition(file, "midpoint6");
      if (dates === null || (await fileSha256(file)) !== sha256) {
        notDrawn.push(`${basename(path)} is not as the run made it.`);
      } else found.push({ path, dates });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      notDrawn.push(...error.problems.map(({ message }) => message));
    }
  }
  return { found, notDrawn };
}
