/** Which values the ratios of a column may name. */
import type { Codelist, Pairs } from "../model.ts";
import { isLoose } from "./expectation-merge.ts";

export type CategoryMapping = Readonly<Record<string, unknown>> | Pairs<number | string, unknown>;

export interface CategorySource {
  readonly codelist: Codelist | null;
  /** Null where the function has none; "category" is meant unless it says "code". */
  readonly returning?: string | null;
  /** The values of `categorised_as`; they count, not the codelist. */
  readonly categoryDefinitions: CategoryMapping | null;
}

/**
 * The values a column can have, as text; null when anything goes. A categorised codelist returning
 * codes allows its codes, and its categories too, the only ones the reference takes.
 */
export function availableCategories(source: CategorySource): readonly string[] | null {
  const { codelist, categoryDefinitions, returning } = source;
  if (categoryDefinitions !== null) return entriesOf(categoryDefinitions).map(([key]) => key);
  const coded = (codelist?.codes ?? []).filter((code) => typeof code !== "string");
  if (coded.length === 0) return null;
  const categories = coded.map(([, category]) => category);
  const codes = returning === "code" ? coded.map(([code]) => code) : [];
  return [...new Set([...codes, ...categories])];
}

/**
 * Those ratio keys that the column can never have as value; none is as it should be. Nothing recorded is
 * always possible, but where categories are defined: one of them always holds.
 */
export function checkCategoryRatios(
  source: CategorySource & { readonly ratios: CategoryMapping },
): readonly string[] {
  const available = availableCategories(source);
  if (available === null) return [];
  return entriesOf(source.ratios)
    .map(([key]) => key)
    .filter((key) => !available.includes(key))
    .filter((key) => key !== "" || source.categoryDefinitions !== null);
}

/** Whether all keys are texts, numbers or, for what is missing, null. */
export function haveKeys(mapping: unknown): boolean {
  const pairs = isLoose(mapping) ? mapping["$pairs"] : [];
  if (!Array.isArray(pairs)) return true;
  return pairs.every((pair: unknown) => {
    const [key] = (Array.isArray(pair) ? pair : []) as readonly unknown[];
    return key === null || isWritten(key);
  });
}

function isWritten(key: unknown): key is string | number {
  return typeof key === "string" || typeof key === "number";
}

/** Keys as text, null as "", in the author's order. */
export function entriesOf(mapping: unknown): readonly (readonly [string, unknown])[] {
  if (!isLoose(mapping)) return [];
  const pairs = mapping["$pairs"];
  if (!Array.isArray(pairs)) return Object.entries(mapping);
  return pairs.map((pair: unknown) => {
    const [key, value] = (Array.isArray(pair) ? pair : []) as readonly unknown[];
    return [isWritten(key) ? String(key) : "", value] as const;
  });
}
