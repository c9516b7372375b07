/** Categories that a spreadsheet would run when somebody opens the measure or cohort file with it. */
import { isFormulaText } from "../../base/formula-text.ts";
import { problem } from "../problems.ts";
import { areCategorised } from "../codelists/make-codelist.ts";
import type { Codelist } from "../model.ts";
import type { Parsed } from "./column-reads.ts";
import type { Checking } from "./draft.ts";

/** Warns of the names of a column's categories: its own, those of its codelist, and those of its dummy data. */
export function warnOfFormulas({ draft, rules }: Parsed, checking: Checking): void {
  const values = [
    ...(rules ?? []).map(({ value }) => value),
    ...categoriesOf(draft.args["codelist"] as Codelist | undefined),
    ...ratioNames(draft.expectations?.category?.ratios),
  ];
  const formulas = new Set(values.filter(isFormula));
  if (formulas.size === 0) return;
  const facts = { study: checking.study, column: draft.name, names: [...formulas] };
  checking.warn(problem("category-formula", facts, draft.place));
}

function isFormula(value: unknown): value is string {
  return typeof value === "string" && isFormulaText(value);
}

function categoriesOf(codelist: Codelist | undefined): readonly string[] {
  if (typeof codelist !== "object" || !("codes" in codelist)) return [];
  const { codes }: Codelist = codelist;
  return areCategorised(codes) ? codes.map(([, category]) => category) : [];
}

function ratioNames(ratios: object | undefined | null): readonly unknown[] {
  if (ratios === undefined || ratios === null) return [];
  const { $pairs: pairs } = ratios as { readonly $pairs?: readonly (readonly unknown[])[] };
  return pairs === undefined ? Object.keys(ratios) : pairs.map(([name]) => name);
}
