/** Codelists of coded rows, as the kind of database that will answer has their codes. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { Codelist } from "../../definition/model.ts";
import { plainSystems } from "../../schema/vocabulary-settings.ts";
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
  if (isOfOwnTable(codelist, to)) return ownCodes(codelist, to);
  const isProduct = isMedication && to.meaning.eventCodes === "texts";
  const name = isProduct ? to.productCodelist(codelist) : eventCodelist(column, codelist, to);
  const code = field("code");
  return {
    test: inCodelist(code, name),
    code,
    category: { kind: "category", of: code, codelist: name },
  };
}

/** Of a system that is neither of the two of English general practice. */
function isOfOwnTable({ system }: Codelist, { meaning }: Lowering): boolean {
  const known = meaning.systems ?? [];
  return known.includes(system ?? "") && system !== "snomed" && system !== "ctv3";
}

/** Codes of classifications are compared without letter case and dots; the code is then as the codelist has it. */
function ownCodes(codelist: Codelist, to: Lowering): ListedCodes {
  const recorded = field("code");
  const isPlain = plainSystems.has(codelist.system ?? "");
  const pairs = codelist.codes.map((each) =>
    typeof each === "string" ? ([each, ""] as const) : each,
  );
  const plain = pairs.map(([code, category]) => [code.replaceAll(".", ""), category] as const);
  const listed = isPlain ? { ...codelist, codes: plain } : codelist;
  const name = to.codelist(listed, isPlain);
  const written = to.codes(
    pairs.map(([code]) => [code.replaceAll(".", ""), code] as const),
    true,
  );
  return {
    test: inCodelist(recorded, name),
    code: isPlain ? { kind: "category", of: recorded, codelist: written } : recorded,
    category: { kind: "category", of: recorded, codelist: name },
  };
}

/** The name of a codelist whose codes match exactly. */
export function eventCodelist(column: CheckedColumn, codelist: Codelist, to: Lowering): string {
  if (to.meaning.eventCodes === "numbers") return numericCodelist(column, codelist, to);
  const { system } = codelist;
  if (!["snomed", "ctv3"].includes(system ?? "") && !isOfVocabularies(codelist)) {
    const facts = { study: to.facts.study.name, column: column.name, system: system ?? "" };
    const { described: provider } = to.facts.provider;
    const systems = to.meaning.systems ?? ["snomed", "ctv3"];
    to.problems.push(problem("codelist-of-other-database", { ...facts, provider, systems }));
  }
  return to.codelist(codelist, false);
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
