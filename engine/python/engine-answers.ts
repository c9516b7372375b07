/** What a study in Python asks the engine: codelists, which mean the same in every language. */
import { ProblemError } from "../base/problems.ts";
import type { Problem } from "../base/problems.ts";
import {
  codelist,
  combineCodelists,
  filterCodesByCategory,
} from "../definition/codelists/codelist.ts";
import { filesOf, madeFrom } from "../definition/codelists/make-codelist.ts";
import { parseCodelistCsv } from "../definition/codelists/parse-codelist-csv.ts";
import type { Codelist } from "../definition/model.ts";
import { readText } from "../sandbox/study-files.ts";
import type { StudyFiles } from "../sandbox/study-files.ts";

/** Problems and warnings that were reported in answers, by number. */
export interface Reported {
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

/** As the recorder writes it, or whatever a study puts in its place: every part is checked where it is used. */
interface Question {
  readonly kind?: unknown;
  readonly path?: unknown;
  readonly system?: unknown;
  readonly column?: unknown;
  readonly category_column?: unknown;
  readonly codes?: unknown;
  readonly lists?: unknown;
  readonly list?: unknown;
  readonly include?: unknown;
}

/** JSON from JSON: the codelist, or the number of what was reported. */
export function answerTo(json: string, files: StudyFiles, reported: Reported): string {
  try {
    const made = codelistFor(JSON.parse(json) as Question, files, reported);
    return JSON.stringify({ answer: { ...made, files: filesOf(made) } });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [first] = error.problems;
    reported.problems.push(...error.problems);
    return JSON.stringify({
      reported: reported.problems.length - 1,
      isMissing: /^study-path-(?:missing|not-made)$/.test(first?.code ?? ""),
      message: error.message,
    });
  }
}

function codelistFor(question: Question, files: StudyFiles, { warnings }: Reported): Codelist {
  const { kind, path, system, column, category_column: category, codes, include } = question;
  switch (kind) {
    case "codelist":
      return codelist(codes as string[], system as string);
    case "combine_codelists": {
      const [first = emptyList, ...others] = listed(question.lists).map(asCodelist);
      return combineCodelists(first, ...others);
    }
    case "filter_codes_by_category":
      return filterCodesByCategory(asCodelist(question.list), include as string[]);
    default:
      return parseCodelistCsv(readText(files, insideStudy(String(path))), {
        file: insideStudy(String(path)),
        system: system as string,
        column: column as string,
        categoryColumn: (category ?? null) as string | null,
        warn: (warning) => void warnings.push(warning),
      });
  }
}

const emptyList: Codelist = { system: null, codes: [] };

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What is no codelist is made into one, which tells what is wrong with it. */
function asCodelist(value: unknown): Codelist {
  if (typeof value !== "object" || value === null || !("codes" in value)) {
    return codelist(value as string[], null);
  }
  const { codes, system, files } = value as Partial<Codelist>;
  return madeFrom(codelist(codes ?? [], system ?? null), files ?? []);
}

/** A path as the study knows it: from its folder, which Python also calls `/study`. */
export function insideStudy(path: string): string {
  return path.startsWith("/study/") ? path.slice("/study/".length) : path;
}
