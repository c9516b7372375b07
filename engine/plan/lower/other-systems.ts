/** Codelists of systems that only records with vocabularies have. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { Problem } from "../../base/problems.ts";
import type { Codelist } from "../../definition/model.ts";
import type { Meaning } from "../../schema/meaning.ts";
import { problem } from "../problems.ts";
import type { LoweringFacts } from "./lowering.ts";

const ofVocabularies: ReadonlySet<string> = new Set([
  ...["loinc", "rxnorm", "atc", "icd10cm", "read2", "omop"],
]);

const systems: { readonly [C in Exclude<Meaning["eventCodes"], "concepts">]: readonly string[] } = {
  texts: ["snomed", "ctv3", "icd10", "opcs4"],
  numbers: ["snomed"],
};

/** Problem: codelist-of-other-database. */
export function otherSystems(
  columns: readonly CheckedColumn[],
  { study, provider }: LoweringFacts,
): readonly Problem[] {
  const { eventCodes } = provider.meaning;
  if (eventCodes === "concepts") return [];
  return columns.flatMap(({ name, args }) =>
    Object.values(args).flatMap((given: unknown) => {
      const system = systemOf(given);
      const known = provider.meaning.systems ?? systems[eventCodes];
      if (system === null || !ofVocabularies.has(system) || known.includes(system)) return [];
      const facts = { study: study.name, column: name, provider: provider.described, system };
      return [problem("codelist-of-other-database", { ...facts, systems: known })];
    }),
  );
}

export function isOfVocabularies({ system }: Pick<Codelist, "system">): boolean {
  return ofVocabularies.has(system ?? "");
}

function systemOf(given: unknown): string | null {
  if (typeof given !== "object" || given === null || !("codes" in given)) return null;
  const { system } = given as Codelist;
  return system;
}
