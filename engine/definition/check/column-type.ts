/** The type of a column and the format of its dates. */
import { dateFormats, parseIsoDate } from "../../base/dates.ts";
import type { DateFormat } from "../../base/dates.ts";
import { nearestNames } from "../../base/nearest.ts";
import { problem } from "../problems.ts";
import { valueTypes } from "../../base/value-types.ts";
import type { ValueType } from "../../base/value-types.ts";
import { shapeOf } from "../function-table.ts";
import { categoryType } from "./category-rules.ts";
import { clusterTrialReturning } from "../functions/cluster-trials.ts";
import { factsOf } from "./check-arguments.ts";
import { sourcesOf } from "./column-reads.ts";
import type { Parsed } from "./column-reads.ts";
import type { Checking, Draft } from "./draft.ts";
import { returningType, supportedReturning } from "./returning.ts";

export interface Typed {
  readonly type: ValueType;
  readonly dateFormat: DateFormat | null;
}

/** Columns typed so far, by name; every column stands after those it reads. */
export type TypedColumns = ReadonlyMap<string, Typed & { readonly draft: Draft }>;

/** Null when the column's own problems leave its type open; they are reported. */
export function columnType(parsed: Parsed, before: TypedColumns, checking: Checking): Typed | null {
  const type = typeOf(parsed, before, checking);
  if (type === null) return null;
  return { type, dateFormat: type === "date" ? formatOf(parsed.draft, before, checking) : null };
}

function typeOf({ draft, rules }: Parsed, before: TypedColumns, checking: Checking) {
  const rule = shapeOf(draft.function).type;
  switch (rule) {
    case "returning":
      return typeFromReturning(draft, checking);
    case "categories":
      return rules === null ? null : categoryType(rules, draft, checking);
    case "sources":
      return typeFromSources(draft, before, checking);
    case "value":
      return typeFromValue(draft.args["value"]);
    case "argument":
      return valueTypes.find((type) => type === draft.args["returning_type"]) ?? null;
    default:
      return rule;
  }
}

function typeFromReturning(draft: Draft, checking: Checking): ValueType | null {
  const value = draft.args["returning"];
  if (typeof value !== "string") return null;
  const type = returningType(draft.function, value);
  if (type !== null) return type;
  const choices = value.startsWith("rct__")
    ? clusterTrialReturning
    : supportedReturning(draft.function);
  // The reference says this too: authors write the name of the organisation they know.
  const nearest =
    value === "nhse_region_name" ? ["nuts1_region_name"] : nearestNames(value, choices);
  const shown = choices.length > 30 ? nearest : choices;
  const facts = { ...factsOf(draft, checking), argument: "returning", value, nearest };
  checking.report(problem("unsupported-choice", { ...facts, choices: shown }, draft.place));
  return null;
}

function typeFromSources(draft: Draft, before: TypedColumns, checking: Checking) {
  const names = sourcesOf(draft);
  const facts = factsOf(draft, checking);
  if (names.length === 0) checking.report(problem("no-sources", facts, draft.place));
  const known = names.flatMap((name) => {
    const type = before.get(name)?.type;
    return type === undefined ? [] : [{ name, type }];
  });
  const distinct = new Set(known.map(({ type }) => type));
  if (distinct.size > 1) {
    const types = known.map(({ name, type }) => `${name} is ${type}`).join(", ");
    checking.report(problem("mixed-source-types", { ...facts, types }, draft.place));
  }
  return known[0]?.type ?? null;
}

function typeFromValue(value: unknown): ValueType | null {
  switch (typeof value) {
    case "string":
      return parseIsoDate(value) === null ? "str" : "date";
    case "boolean":
      return "bool";
    case "number":
      return Number.isInteger(value) ? "int" : "float";
    default:
      return null;
  }
}

function formatOf(draft: Draft, before: TypedColumns, checking: Checking): DateFormat {
  switch (draft.function) {
    case "fixed_value":
    case "categorised_as":
    case "care_home_status_as_of":
      return "YYYY-MM-DD";
    case "minimum_of":
    case "maximum_of":
      return commonFormat(draft, before, checking);
    case "date_of":
      return givenFormat(draft, checking) ?? sourceFormat(draft, before) ?? "YYYY";
    default:
      return givenFormat(draft, checking) ?? "YYYY";
  }
}

/** Without a format of its own, `date_of` shows what its source was asked to show. */
function sourceFormat(draft: Draft, before: TypedColumns): DateFormat | null {
  const source = before.get(sourcesOf(draft)[0] ?? "");
  const given = source?.draft.args["date_format"];
  return source?.dateFormat ?? dateFormats.find((format) => format === given) ?? null;
}

function givenFormat(draft: Draft, checking: Checking): DateFormat | null {
  const value = draft.args["date_format"];
  if (typeof value !== "string") return null;
  const format = dateFormats.find((known) => known === value);
  if (format !== undefined) return format;
  const facts = { ...factsOf(draft, checking), argument: "date_format", value };
  const nearest = nearestNames(value, dateFormats);
  checking.report(
    problem("unsupported-choice", { ...facts, choices: dateFormats, nearest }, draft.place),
  );
  return null;
}

/** All sources of one format; that of the first. */
function commonFormat(draft: Draft, before: TypedColumns, checking: Checking): DateFormat {
  const formats = sourcesOf(draft).flatMap((name) => {
    const format = before.get(name)?.dateFormat ?? null;
    return format === null ? [] : [[name, format] as const];
  });
  const [first] = formats;
  if (first === undefined) return "YYYY";
  const other = formats.find(([, format]) => format !== first[1]);
  if (other !== undefined) {
    const word = draft.function === "minimum_of" ? "MIN" : "MAX";
    const facts = { ...factsOf(draft, checking), word, other, first } as const;
    checking.report(problem("mixed-date-formats", facts, draft.place));
  }
  return first[1];
}
