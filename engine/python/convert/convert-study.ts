/** From a study in Python to a study in TypeScript that means the same, which is looked at before it is given. */
import { ProblemError } from "../../base/problems.ts";
import {
  measuresToJson,
  studyFileFromJson,
  studyToJson,
} from "../../definition/json/study-json.ts";
import type { StudyFile } from "../../definition/model.ts";
import { runStudyFile } from "../../sandbox/run-study-file.ts";
import type { StudyRequest } from "../../sandbox/run-study-file.ts";
import { readSources, Untranslatable } from "./python-tree.ts";
import type { PythonSources } from "./python-tree.ts";
import { recordedStudy, studyAsJson } from "./recorded-study.ts";
import { translatedStudy } from "./translated-study.ts";

/**
 * The text of the study whose file in Python has been run; `sources` are its modules, untrusted. Every text is run in
 * the sandbox and its canonical form compared with that of the study in Python; the first that is equal is given: as
 * its author wrote it, the same with the recorded form of what turned out otherwise, or the recorded form of all.
 */
export async function convertStudy(
  request: StudyRequest,
  definition: StudyFile,
  sources: unknown,
): Promise<string> {
  const wanted = canonical(definition);
  const written = await asWritten(request, definition, readSources(sources));
  if (written !== null) return written;
  for (const text of asRecorded(request, definition)) {
    const found = await definitionIn(text, request);
    if (found !== null && canonical(found) === wanted) return text;
  }
  throw new Error(`no text in TypeScript means what ${request.file} means`);
}

/** Null where that does not mean the same. */
async function asWritten(
  request: StudyRequest,
  definition: StudyFile,
  sources: PythonSources | null,
): Promise<string | null> {
  if (sources === null) return null;
  let forced: ReadonlySet<string> = new Set();
  for (let round = 0; round < 2; round += 1) {
    const text = translated(sources, definition, forced);
    const found = text === null ? null : await definitionIn(text, request);
    if (found === null) return null;
    if (canonical(found) === canonical(definition)) return text;
    forced = new Set(differing(found, definition));
  }
  return null;
}

function translated(
  sources: PythonSources,
  definition: StudyFile,
  forced: ReadonlySet<string>,
): string | null {
  try {
    return translatedStudy(sources, definition, forced);
  } catch (error) {
    // Too deep for the stack.
    if (error instanceof Untranslatable || error instanceof RangeError) return null;
    throw error;
  }
}

/** Names of columns, and `measures`. */
function differing(found: StudyFile, wanted: StudyFile): readonly string[] {
  const one = (study: StudyFile["study"], name: string) =>
    JSON.stringify(studyToJson({ ...study, column_order: [name] }));
  const columns = wanted.study.column_order.filter(
    (name) => one(found.study, name) !== one(wanted.study, name),
  );
  const isSame =
    JSON.stringify(measuresToJson(found.measures)) ===
    JSON.stringify(measuresToJson(wanted.measures));
  return isSame ? columns : [...columns, "measures"];
}

function* asRecorded({ file, params }: StudyRequest, definition: StudyFile): Generator<string> {
  const given = Object.entries(params).map(([name, value]) => `--param ${name}=${value}`);
  const of = given.length === 0 ? "" : `, with ${given.join(" ")}`;
  const comments = [
    `Converted from ${file}: each column with the arguments that its call was given${of}.`,
  ];
  yield recordedStudy(definition, comments, true);
  yield recordedStudy(definition, comments, false);
  yield studyAsJson(definition, comments);
}

function canonical({ study, measures }: StudyFile): string {
  return JSON.stringify([studyToJson(study), measuresToJson(measures)]);
}

/** Null where the text is no study. */
async function definitionIn(text: string, request: StudyRequest): Promise<StudyFile | null> {
  const file = request.file.replace(/\.py$/, ".ts");
  try {
    const ran = await runStudyFile({ ...request, file, text, canWrite: () => "ignore" });
    return studyFileFromJson(ran.module);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
