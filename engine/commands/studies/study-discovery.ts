/** The study definitions of a workspace. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { studyOfFile, studySuffix } from "../../base/file-names.ts";
import { nearestNames } from "../../base/nearest.ts";
import { fail } from "../problems.ts";
import { byCodePoint } from "../../base/value-types.ts";

export interface StudyLocation {
  /** `study_definition_copd`. */
  readonly name: string;
  /** `_copd`, or "" for the plain study. */
  readonly suffix: string;
  /** Path from the workspace. */
  readonly file: string;
}

const FOLDER = "analysis";

/** Sorted by name. Problems: no-workspace, no-study, two-study-files. */
export function discoverStudies(workspace: string): readonly StudyLocation[] {
  const analysis = statSync(join(workspace, FOLDER), { throwIfNoEntry: false });
  if (analysis?.isDirectory() !== true) fail("no-workspace", { folder: `${FOLDER}/` });
  const studies = readdirSync(join(workspace, FOLDER)).flatMap(locationOf);
  if (studies.length === 0) fail("no-study", { folder: `${FOLDER}/` });
  studies.sort((a, b) => byCodePoint(a.name, b.name));
  for (const [i, { name, file }] of studies.entries()) {
    const other = studies[i + 1];
    if (other?.name === name) fail("two-study-files", { name, files: [file, other.file] });
  }
  return studies;
}

function locationOf(fileName: string): StudyLocation[] {
  const name = studyOfFile(fileName);
  if (name === null) return [];
  return [{ name, suffix: studySuffix(name) ?? "", file: `${FOLDER}/${fileName}` }];
}

/** Whether a file of the workspace is a study's own, and not one that studies share. */
export function isStudyFile(file: string): boolean {
  const [folder, name = "", ...deeper] = file.split("/");
  return folder === FOLDER && deeper.length === 0 && locationOf(name).length > 0;
}

/** `all`, or the one study of that name. */
export function selectStudies(
  studies: readonly StudyLocation[],
  wanted: string,
): readonly StudyLocation[] {
  if (wanted === "all") return studies;
  const study = studies.find(({ name }) => name === wanted);
  if (study !== undefined) return [study];
  const known = studies.map(({ name }) => name);
  return fail("unknown-study", { wanted, known, nearest: nearestNames(wanted, known) });
}
