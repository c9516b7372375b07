/** Each argument against the kind that the function table gives it. */
import { dateFormats } from "../../base/dates.ts";
import { nearestNames } from "../../base/nearest.ts";
import { problem } from "../problems.ts";
import { valueTypes } from "../../base/value-types.ts";
import { describeValue } from "../describe-value.ts";
import { shapeOf } from "../function-table.ts";
import type { ArgumentKind, ArgumentShape } from "../functions/shape.ts";
import type { Checking, Draft } from "./draft.ts";
import { supportedReturning } from "./returning.ts";

/** What a kind of argument must be, in words, and the test of it. Kinds with own checks say yes. */
const kinds = {
  date: ["a date expression", isText],
  between: [
    "a list of two dates, either of which may be null",
    (value) => Array.isArray(value) && value.length === 2 && value.every(isTextOrNull),
  ],
  codelist: ["a codelist", isCodelist],
  texts: ["text, a list of texts, or a codelist", isTexts],
  "text-list": ["a list of texts or a codelist", isTextList],
  text: ["text", isText],
  number: ["a number", (value) => typeof value === "number" || isNumericText(value)],
  flag: ["true or false", (value) => typeof value === "boolean"],
  returning: ["text", isText],
  "date-format": [`one of ${dateFormats.join(", ")}`, isText],
  expectations: ["expectations", () => true],
  source: ["the name of a column", isText],
  sources: ["names of columns", (value) => Array.isArray(value) && value.every(isText)],
  "extra-columns": ["columns", () => true],
  categories: ["categories", () => true],
  condition: ["a condition", isText],
  value: ["text or a number", (value) => ["string", "number", "boolean"].includes(typeof value)],
  "value-type": [`one of ${valueTypes.join(", ")}`, (value) => isOneOf(valueTypes, value)],
  vaccination: ["target_disease_matches and product_name_matches", isVaccination],
  "vaccine-codes": ["codelists procedure_codes and product_codes", isVaccineCodes],
} as const satisfies Record<ArgumentKind, readonly [string, (value: unknown) => boolean]>;

export function checkArguments(draft: Draft, checking: Checking): void {
  for (const [argument, shape] of Object.entries(shapeOf(draft.function).args)) {
    const value = draft.args[argument];
    if (value === undefined) checkGiven(draft, checking, argument, shape);
    else if (!kinds[shape.kind][1](value)) {
      const [expected] = kinds[shape.kind];
      const found = describeValue(value);
      const position = positionOf(draft, argument);
      const facts = { ...factsOf(draft, checking), argument, expected, found, position };
      checking.report(problem("argument-wrong", facts, draft.place));
    } else checkChoice(draft, checking, argument, shape);
  }
}

/** Required arguments stand before the options, in the order of the function table. */
function positionOf({ function: name }: Draft, argument: string): number | null {
  const index = positionals(name).indexOf(argument);
  return index === -1 ? null : index + 1;
}

function positionals(name: Draft["function"]): readonly string[] {
  const shapes = Object.entries(shapeOf(name).args);
  return shapes.filter(([, { required }]) => required === true).map(([argument]) => argument);
}

function checkGiven(
  draft: Draft,
  checking: Checking,
  argument: string,
  shape: ArgumentShape,
): void {
  if (shape.required !== true) return;
  const known = shape.kind === "returning" ? supportedReturning(draft.function) : shape.oneOf;
  const choices = known === undefined ? "" : `Choose one of ${known.join(", ")}.`;
  const required = positionals(draft.function);
  const facts = { ...factsOf(draft, checking), argument, required, choices };
  checking.report(problem("argument-missing", facts, draft.place));
}

function checkChoice(
  draft: Draft,
  checking: Checking,
  argument: string,
  shape: ArgumentShape,
): void {
  const value = draft.args[argument];
  if (shape.oneOf === undefined || typeof value !== "string" || shape.oneOf.includes(value)) return;
  const choices = shape.oneOf;
  const nearest = nearestNames(value, choices);
  const facts = { ...factsOf(draft, checking), argument, value, choices, nearest };
  checking.report(problem("unsupported-choice", facts, draft.place));
}

export function factsOf(draft: Draft, { study }: Checking) {
  return { study, column: draft.name, function: draft.function };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: unknown): boolean {
  return value === null || isText(value);
}

function isNumericText(value: unknown): boolean {
  return typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value);
}

function isOneOf(choices: readonly string[], value: unknown): boolean {
  return choices.some((choice) => choice === value);
}

function isCodelist(value: unknown): boolean {
  return typeof value === "object" && value !== null && Array.isArray(codesOf(value));
}

function isTextList(value: unknown): boolean {
  const list: unknown = Array.isArray(value) ? value : codesOf(value);
  return Array.isArray(list) && list.length > 0 && list.every(isText);
}

function isTexts(value: unknown): boolean {
  return isText(value) || isTextList(value);
}

function codesOf(value: unknown): unknown {
  return (value as { readonly codes?: unknown } | null)?.codes;
}

function isVaccineCodes(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).every(
    ([key, codelist]) =>
      isOneOf(["procedure_codes", "product_codes"], key) &&
      (codelist === null || isCodelist(codelist)),
  );
}

function isVaccination(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).every(
    ([key, texts]) =>
      isOneOf(["target_disease_matches", "product_name_matches"], key) &&
      (texts === null || isTexts(texts)),
  );
}
