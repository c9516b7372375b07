/** Problems of a study that a kind of database cannot be asked. */
import { kind } from "../base/problem-kind.ts";
import { problemsOf } from "../base/problems.ts";
import { quotedList } from "../base/wording.ts";

interface AskedBy {
  readonly study: string;
  readonly column: string;
  /** "an EMIS database" */
  readonly provider: string;
}

const planProblems = {
  "codelist-of-other-database": kind<
    AskedBy & { readonly system: string; readonly systems: readonly string[] }
  >(
    1,
    ({ study, column, provider, system, systems }) =>
      `Column ${JSON.stringify(column)} of study ${JSON.stringify(study)} has a codelist of ${JSON.stringify(system)}; ${provider} has codes of ${quotedList(systems)}${systems.length === 1 ? " only" : ""}`,
    ({ systems }) =>
      systems.length === 1
        ? "Give it a codelist of SNOMED CT for this database."
        : `Give it a codelist of one of these for this database; those of other systems are for an OMOP database.`,
  ),
  "argument-of-other-database": kind<
    AskedBy & { readonly function: string; readonly argument: string; readonly wayOut: string }
  >(
    1,
    ({ study, column, provider, function: asked, argument }) =>
      `Column ${JSON.stringify(column)} of study ${JSON.stringify(study)} asks ${asked} with ${argument}, which ${provider} does not tell`,
    ({ wayOut }) =>
      [wayOut, "Take the argument away for this database."].filter((text) => text !== "").join(" "),
  ),
  "codelist-without-vocabulary": kind<
    AskedBy & {
      readonly system: string;
      readonly known: readonly string[];
      readonly isMapped: boolean;
    }
  >(
    1,
    ({ study, column, provider, system }) =>
      `Column ${JSON.stringify(column)} of study ${JSON.stringify(study)} has a codelist of ${JSON.stringify(system)}, of which ${provider} has no vocabulary`,
    ({ system, known, isMapped }) =>
      `Say in which vocabularies its codes are: ${isMapped ? `codes: {systems: {${system || "SYSTEM"}: [VOCABULARY]}} in the mapping file` : `systems=${system || "SYSTEM"}:VOCABULARY in the database URL`}. Looked up by themselves are codelists of ${quotedList(known)}.`,
  ),
  "codelist-descendants": kind<AskedBy & { readonly match: string }>(
    1,
    ({ study, column, match }) =>
      `Column ${JSON.stringify(column)} of study ${JSON.stringify(study)} looks a codelist up with its descendants, but match ${match} of the records asks of no standard concept, of which alone there are any`,
    () => 'Say match: "source-then-standard" in lookedUp too, or take descendants away.',
  ),
  "code-not-a-number": kind<AskedBy & { readonly codes: readonly string[]; readonly more: number }>(
    1,
    ({ study, column, provider, codes, more }) =>
      `Column ${JSON.stringify(column)} of study ${JSON.stringify(study)} has codes that are no whole numbers, as those of ${provider} are: ${quotedList(codes)}${more === 0 ? "" : ` and ${more} more`}`,
    () => "Codes of SNOMED CT consist of digits alone: correct the codelist.",
  ),
  "vaccine-codes-missing": kind<AskedBy>(
    1,
    ({ study, column, provider }) =>
      `Column ${JSON.stringify(column)} of study ${JSON.stringify(study)} does not say which vaccines it means in ${provider}`,
    () =>
      "Give it codelists: emis: { procedureCodes: … }, emis: { productCodes: … }, or both; in Python procedure_codes and product_codes.",
  ),
} as const;

export const { problem } = problemsOf(planProblems);
