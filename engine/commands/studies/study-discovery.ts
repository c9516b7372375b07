/** The study definitions of a workspace. */
import { readdirSync, statSync } from "node:fs";
import { join, posix } from "node:path";
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
  const studies = studyFilesIn(workspace);
  for (const [i, { name, file }] of studies.entries()) {
    const other = studies[i + 1];
    if (other?.name === name) fail("two-study-files", { name, files: [file, other.file] });
  }
  return studies;
}

/** Every file, sorted by study. Problems: no-workspace, no-study. */
function studyFilesIn(workspace: string): readonly StudyLocation[] {
  const analysis = statSync(join(workspace, FOLDER), { throwIfNoEntry: false });
  if (analysis?.isDirectory() !== true) fail("no-workspace", { folder: `${FOLDER}/` });
  const studies = readdirSync(join(workspace, FOLDER)).flatMap(locationOf);
  if (studies.length === 0) fail("no-study", { folder: `${FOLDER}/` });
  return studies.sort((a, b) => byCodePoint(a.name, b.name));
}

/**
 * The study in Python of that name or file; the only one, if none is named. A file in another language beside it is
 * what it may be about to become. Problems: no-workspace, no-study, no-python-study, which-python-study, unknown-study.
 */
export function pythonStudy(workspace: string, wanted: string | undefined): StudyLocation {
  const studies = studyFilesIn(workspace).filter(({ file }) => file.endsWith(".py"));
  const [only] = studies;
  if (only === undefined) return fail("no-python-study", { folder: `${FOLDER}/` });
  const known = studies.map(({ name }) => name);
  if (wanted === undefined)
    return studies.length === 1 ? only : fail("which-python-study", { known });
  const found = studies.find(
    ({ name, file }) => name === wanted || file === posix.normalize(wanted),
  );
  return found ?? fail("unknown-study", { wanted, known, nearest: nearestNames(wanted, known) });
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
