/** Codelists of coded rows, as the kind of database that will answer has their codes. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { Codelist } from "../../definition/model.ts";
import { field } from "../model/value.ts";
import { problem } from "../problems.ts";
import type { CodedTable } from "./coded-table.ts";
import { conceptCodes } from "./concept-codes.ts";
import { inCodelist } from "./dated-rows.ts";
import type { ListedCodes } from "./listed-codes.ts";
import { isOfVocabularies } from "./other-systems.ts";
import type { Lowering } from "./lowering.ts";

export function listedCodes(
  column: CheckedColumn,
  codelist: Codelist,
  { isMedication }: CodedTable,
  to: Lowering,
): ListedCodes {
  if (to.meaning.eventCodes === "concepts") {
    return conceptCodes(column, codelist, { isMedication }, to);
  }
  const isProduct = isMedication && to.meaning.eventCodes === "texts";
  const name = isProduct ? to.productCodelist(codelist) : eventCodelist(column, codelist, to);
  const code = field("code");
  return {
    test: inCodelist(code, name),
    code,
    category: { kind: "category", of: code, codelist: name },
  };
}

/** The name of a codelist whose codes match exactly. */
export function eventCodelist(column: CheckedColumn, codelist: Codelist, to: Lowering): string {
  return to.meaning.eventCodes === "numbers"
    ? numericCodelist(column, codelist, to)
    : to.codelist(codelist, false);
}

const SHOWN = 3;

/** Codes are compared as numbers: without zeros before them. Notes what is none. */
function numericCodelist(
  { name: column }: CheckedColumn,
  codelist: Codelist,
  to: Lowering,
): string {
  const { system, codes } = codelist;
  const facts = {
    study: to.facts.study.name,
    column,
    provider: to.facts.provider.described,
  };
  if (system !== "snomed") {
    const other = { ...facts, system: system ?? "", systems: ["snomed"] };
    // Those are told for all columns together.
    if (!isOfVocabularies(codelist)) {
      to.problems.push(problem("codelist-of-other-database", other));
    }
    return to.codelist(codelist, false);
  }
  const pairs = codes.map((each) => (typeof each === "string" ? ([each, ""] as const) : each));
  const odd = pairs.map(([code]) => code).filter((code) => !/^\d+$/.test(code));
  if (odd.length > 0) {
    const [shown, more] = [odd.slice(0, SHOWN), Math.max(0, odd.length - SHOWN)];
    to.problems.push(problem("code-not-a-number", { ...facts, codes: shown, more }));
  }
  const numbers = pairs.map(
    ([code, category]) => [code.replace(/^0+(?=\d)/, ""), category] as const,
  );
  return to.codelist({ ...codelist, codes: numbers }, false);
}
