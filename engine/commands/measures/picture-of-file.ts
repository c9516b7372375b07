/** What a thread does that reads one measure's file for its picture. */
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { ReadMeasure } from "../../charts/measure-chart.ts";
import type { MeasureFile } from "./measure-files.ts";
import { readPicture } from "./read-picture.ts";

export interface PictureAnswer {
  /** Null where nothing of it is to be drawn. */
  readonly picture: ReadMeasure | null;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Problems and warnings: those of `readPicture`, in the answer. */
export async function pictureOfFile(file: MeasureFile): Promise<PictureAnswer> {
  const warnings: Problem[] = [];
  try {
    const picture = await readPicture(file, (warning) => warnings.push(warning));
    return { picture, problems: [], warnings };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { picture: null, problems: error.problems, warnings };
  }
}
