/**
 * Evaluates the study of a workspace in a database at twelve dates, down to the last row in JavaScript, writes nothing, and
 * prints the seconds, those of the processor and the most memory in MiB as JSON: `evaluation-alone.ts WORKSPACE FILE.duckdb`.
 */
import { studyFileFromJson } from "../engine/definition/json/study-json.ts";
import { runStudyFile } from "../engine/sandbox/run-study-file.ts";
import { checked, evaluateStudy, months } from "./evaluate-study.ts";
import { highWater } from "./whole-process.ts";

const [workspace = ".", database = ""] = process.argv.slice(2);
const ran = await runStudyFile({
  workspace,
  file: "analysis/study_definition.ts",
  params: {},
  canWrite: () => "ignore",
});
const study = checked(studyFileFromJson(ran.module));
const asked = { dates: months(12), evaluate: "one-pass" as const };
const { seconds, cpuSeconds } = await evaluateStudy(`duckdb:${database}`, study, asked);
console.log(JSON.stringify({ seconds, cpuSeconds, peakMiB: highWater(process.pid) ?? NaN }));
