/** What the interpreter handed back, read as the untrusted text that it is. */
import { ProblemError } from "../base/problems.ts";
import { problem } from "./problems.ts";
import { plainData } from "../sandbox/returned-study.ts";
import { markFileColumns } from "./file-columns.ts";
import { endedPython } from "./ended-python.ts";
import type { PythonContext } from "./ended-python.ts";
import type { PythonRun } from "./run-interpreter.ts";

/**
 * The study and its measures as `studyFileFromJson` reads them; null where the file defines no study. Problems:
 * how it ended, where it did not end well; python-measures.
 */
export function saidByPython(run: PythonRun, context: PythonContext): unknown {
  const said = parsed(run.result);
  switch (said?.["kind"]) {
    case "study": {
      const { study, left_out: leftOut, codelists } = said;
      const { measures, warnings } = markFileColumns(study, said["measures"]);
      run.warnings.push(...warnings);
      return withCodelists(plainData({ study, measures, left_out: leftOut }), plainData(codelists));
    }
    case "no-study":
      return null;
    case "no-measures": {
      const found = typeof said["found"] === "string" ? said["found"] : "something else";
      throw new ProblemError([problem("python-measures", { found }, { file: context.file })]);
    }
    default:
      throw new ProblemError(endedPython({ ...run, said }, context));
  }
}

type Said = Readonly<Record<string, unknown>>;

/** The modules of the study as data, where the request asked for them. */
export function sourcesSaidBy({ result }: PythonRun): unknown {
  return parsed(result)?.["sources"];
}

function parsed(json: string | null): Said | null {
  if (json === null) return null;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Said)
      : null;
  } catch {
    // A study can write whatever it likes in place of the result.
    return null;
  }
}

/** Codelists in place of their numbers: one list serves many columns. */
export function withCodelists(value: unknown, codelists: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => withCodelists(each, codelists));
  const { $codelist: number } = value as { readonly $codelist?: unknown };
  if (typeof number === "number" && Array.isArray(codelists)) return codelists[number] ?? null;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withCodelists(each, codelists)]),
  );
}
