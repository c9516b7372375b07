/** Problems of codelists that are looked up in vocabularies. */
import { kind } from "../../../base/problem-kind.ts";
import { problemsOf } from "../../../base/problems.ts";
import { quotedList } from "../../../base/wording.ts";

const conceptProblems = {
  "codelist-no-concepts": kind<{
    readonly column: string;
    readonly codes: readonly string[];
    readonly more: number;
  }>(
    1,
    ({ column, codes, more }) =>
      `The codelist of column ${JSON.stringify(column)} is of ids of OMOP concepts, but has ${quotedList(codes)}${more === 0 ? "" : ` and ${more} more`}`,
    () => "An id of a concept is a whole number from 1; 0 stands for what no vocabulary has.",
  ),
  "vocabulary-empty": kind<{ readonly isMapped: boolean }>(
    1,
    () => 'The table "concept" of the database has no rows',
    ({ isMapped }) =>
      `Codelists are looked up in it: load the vocabularies, or say ${isMapped ? "codes: {match: source_value} in the mapping file" : "match=source_value in the database URL"} to compare codes as they were recorded.`,
  ),
  "codelist-not-in-vocabulary": kind<{
    readonly lists: readonly {
      readonly column: string;
      readonly system: string;
      readonly vocabularies: readonly string[];
      readonly file: string | null;
    }[];
    readonly loaded: readonly string[];
    readonly isMapped: boolean;
  }>(
    1,
    ({ lists }) =>
      lists
        .map(({ column, system, vocabularies, file }) => {
          const list = file === null ? "" : ` ${JSON.stringify(file)}`;
          const where =
            vocabularies.length === 0 ? "is a concept" : `is in ${quotedList(vocabularies)}`;
          return `No code of the ${system} codelist${list} of column ${JSON.stringify(column)} ${where} of the database`;
        })
        .join("; "),
    ({ loaded, isMapped }) =>
      `Its vocabularies are ${quotedList(loaded)}. Say in which of them the codes are (${isMapped ? "codes: {systems: {SYSTEM: [VOCABULARY]}}" : "systems=SYSTEM:VOCABULARY"}), or that nobody may have them (${isMapped ? "codes: {allow_empty: true}" : "allow_empty=true"}).`,
  ),
} as const;

export const { fail, problem } = problemsOf(conceptProblems);
