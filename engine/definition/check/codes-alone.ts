/** Codelists where only texts are asked for: their categories mean nothing there and are left aside. */
import { areCategorised } from "../codelists/make-codelist.ts";
import type { ArgumentKind } from "../functions/shape.ts";
import type { Codelist } from "../model.ts";

/** The argument with plain codes in place of categorised ones, wherever its kind takes a list of texts. */
export function codesAlone(kind: ArgumentKind, value: unknown): unknown {
  switch (kind) {
    case "texts":
    case "text-list":
      return withoutCategories(value);
    case "vaccination":
    case "vaccine-codes":
      return typeof value === "object" && value !== null ? eachWithout(value) : value;
    default:
      return value;
  }
}

function eachWithout(value: object): object {
  const entries = Object.entries(value).map(([key, texts]) => [key, withoutCategories(texts)]);
  return Object.fromEntries(entries) as object;
}

function withoutCategories(value: unknown): unknown {
  if (!isCodelist(value) || !areCategorised(value.codes)) return value;
  return { ...value, codes: value.codes.map(([code]) => code) };
}

function isCodelist(value: unknown): value is Codelist {
  return typeof value === "object" && value !== null && "codes" in value;
}
