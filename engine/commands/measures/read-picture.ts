/** From a measure's file to what a picture of it shows. */
import type { Problem } from "../../base/problems.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import { fail as failOfMeasures } from "../../measures/problems.ts";
import { columnsOfFile, readFigures, refuseRepeats } from "../../measures/read-figures.ts";
import { pictureOf } from "../../charts/measure-picture.ts";
import type { ReadMeasure } from "../../charts/measure-chart.ts";
import { problem } from "../problems.ts";
import type { MeasureFile } from "./measure-files.ts";

/**
 * Null, and a warning, for one row per patient: points that are patients are never drawn. Problems: those of
 * `readFigures`, measure-file-repeats, measure-file-modified.
 */
export async function readPicture(
  { path, file, id, known }: MeasureFile,
  warn: (warning: Problem) => void,
): Promise<ReadMeasure | null> {
  const facts = known?.facts ?? (await columnsOfFile(path, id));
  if (known?.isPatientLevel === true) return withoutPatients(file, warn);
  const figures = await readFigures(path, facts);
  const isAsMade = known !== null && (await fileSha256(path)) === known.sha256;
  if (!isAsMade) {
    const { dates, dateOf } = figures;
    const isOfPatients = facts.groups.length === 0 && dateOf.length > dates.length;
    if (isOfPatients && known === null) return withoutPatients(file, warn);
    refuseRepeats(path, figures);
    if (known !== null) failOfMeasures("measure-file-modified", { file });
  }
  return {
    facts,
    policy: known?.facts ?? null,
    picture: pictureOf(figures),
    file,
    study: known?.study ?? null,
    isDummy: known?.isDummy ?? false,
  };
}

function withoutPatients(file: string, warn: (warning: Problem) => void): null {
  warn(problem("measure-at-patient-level", { file }));
  return null;
}
