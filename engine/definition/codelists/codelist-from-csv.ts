/** Codelists that are kept in files. */
import { givenOptions } from "../given-options.ts";
import { studyHost } from "../host.ts";
import type { Codelist } from "../model.ts";
import { parseCodelistCsv } from "./parse-codelist-csv.ts";

export interface CodelistFileOptions {
  /**
   * The system of the codes: `"snomed"`, `"ctv3"`, `"icd10"`, `"opcs4"`; dm+d codes are `"snomed"`. On OMOP records also
   * `"loinc"`, `"rxnorm"`, `"atc"`, `"icd10cm"`, `"read2"` and `"omop"`, ids of concepts.
   */
  system: string;
  /** The column of codes; `"code"` if not given. */
  column?: string;
  /** The column of categories. Without it the codelist has none. */
  categoryColumn?: string;
}

/**
 * A codelist from a CSV file of the workspace with a header. White space around codes and categories
 * is dropped and rows without a code are skipped. Problems: no such file or column, no codes, a code
 * with two categories.
 *
 * @param path Relative to the workspace: `"codelists/opensafely-asthma-diagnosis.csv"`.
 * @example
 * const ethnicity = codelistFromCsv("codelists/opensafely-ethnicity.csv", {
 *   system: "ctv3",
 *   column: "Code",
 *   categoryColumn: "Grouping_6",
 * });
 */
export function codelistFromCsv(path: string, options: CodelistFileOptions): Codelist {
  givenOptions("codelistFromCsv", options, ["system", "column", "categoryColumn"]);
  const { system, column = "code", categoryColumn = null } = options;
  const host = studyHost();
  return parseCodelistCsv(host.readText(path), {
    ...{ file: path, system, column, categoryColumn },
    warn: (warning) => {
      host.warn(warning);
    },
  });
}
