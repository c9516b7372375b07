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
import { recordedStudy, studyAsJson } from "./recorded-study.ts";

/** Texts that say more of the study than the next one, each of which may turn out to mean something else. */
type Attempt = () => string;

/**
 * The text of the study whose file in Python has been run. Every text is run in the sandbox and its canonical form
 * compared with that of the study in Python; the first that is equal is given.
 */
export async function convertStudy(request: StudyRequest, definition: StudyFile): Promise<string> {
  const wanted = canonical(definition);
  for (const attempt of attemptsFor(request, definition)) {
    const text = attempt();
    if ((await canonicalOf(text, request)) === wanted) return text;
  }
  throw new Error(`no text in TypeScript means what ${request.file} means`);
}

function attemptsFor({ file, params }: StudyRequest, definition: StudyFile): readonly Attempt[] {
  const comments = aboutRecorded(file, params);
  return [
    () => recordedStudy(definition, comments, true),
    () => recordedStudy(definition, comments, false),
    () => studyAsJson(definition, comments),
  ];
}

function aboutRecorded(file: string, params: StudyRequest["params"]): readonly string[] {
  const given = Object.entries(params).map(([name, value]) => `--param ${name}=${value}`);
  const of = given.length === 0 ? "" : `, with ${given.join(" ")}`;
  return [`Converted from ${file}: each column with the arguments that its call was given${of}.`];
}

function canonical({ study, measures }: StudyFile): string {
  return JSON.stringify([studyToJson(study), measuresToJson(measures)]);
}

/** Null where the text is no study. */
async function canonicalOf(text: string, request: StudyRequest): Promise<string | null> {
  const file = request.file.replace(/\.py$/, ".ts");
  try {
    const ran = await runStudyFile({ ...request, file, text, canWrite: () => "ignore" });
    return canonical(studyFileFromJson(ran.module));
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
