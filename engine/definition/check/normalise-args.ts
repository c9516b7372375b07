/** Arguments in one modern spelling: legacy forms replaced, defaults filled in, flags true or false. */
import { shapeOf } from "../function-table.ts";
import type { Args } from "../model.ts";
import { codesAlone } from "./codes-alone.ts";
import type { Checking, Draft } from "./draft.ts";
import { reportConflict } from "./report-conflict.ts";

type Loose = Record<string, unknown>;

/** Legacy flags, in the order in which they win. */
const LEGACY_RETURNING: readonly (readonly [flag: string, modern: Loose])[] = [
  ["return_binary_flag", { returning: "binary_flag" }],
  ["return_number_of_matches_in_period", { returning: "number_of_matches_in_period" }],
  ["return_first_date_in_period", { returning: "date", find_first_match_in_period: true }],
  ["return_last_date_in_period", { returning: "date", find_last_match_in_period: true }],
];

/**
 * Null counts as not given. Flags follow the truth of the value, not its
 * type (`find_first_match_in_period="True"` is on, as "False" is): real studies rely on it.
 */
export function normaliseArgs(draft: Draft, checking: Checking): Args {
  const { args: shapes } = shapeOf(draft.function);
  const args: Loose = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const given = draft.args[name] ?? shape.default;
    if (given === undefined) continue;
    args[name] = shape.kind === "flag" ? isTruthy(given) : codesAlone(shape.kind, given);
  }
  delete args["return_expectations"];
  delete args["extra_columns"];
  appendExtraSources(args, draft);
  replaceLegacyReturning(args);
  replaceLegacyDateFormat(args, draft, checking);
  renameIgnoredDays(args);
  mergePeriod(args, draft, checking);
  return args;
}

function isTruthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** minimum_of and maximum_of range over the named columns, then the extra ones. */
function appendExtraSources(args: Loose, draft: Draft): void {
  if (draft.function !== "minimum_of" && draft.function !== "maximum_of") return;
  const named = draft.args["column_names"];
  const extra = Object.keys(draft.args["extra_columns"] ?? {});
  args["column_names"] = [...(Array.isArray(named) ? (named as unknown[]) : []), ...extra];
}

/** Later ones override; with both first and last, first wins because find-first is looked at first. */
function replaceLegacyReturning(args: Loose): void {
  for (const [flag, modern] of LEGACY_RETURNING) {
    if (args[flag] === true) Object.assign(args, modern);
    Reflect.deleteProperty(args, flag);
  }
}

function replaceLegacyDateFormat(args: Loose, draft: Draft, checking: Checking): void {
  const { include_day: day, include_month: month, ...rest } = args;
  if (day === undefined && month === undefined) return;
  delete args["include_day"];
  delete args["include_month"];
  if (day !== true && month !== true) return;
  if (rest["date_format"] !== undefined) {
    reportConflict(draft, checking, {
      sentence: '"dateFormat" and "includeDay" or "includeMonth" are both given',
      wayOut: 'Keep "dateFormat" alone.',
    });
  } else args["date_format"] = day === true ? "YYYY-MM-DD" : "YYYY-MM";
}

/** Both functions mean the same; the plan knows one name. */
function renameIgnoredDays(args: Loose): void {
  const codelist = args["ignore_days_where_these_clinical_codes_occur"];
  if (codelist === undefined) return;
  delete args["ignore_days_where_these_clinical_codes_occur"];
  args["ignore_days_where_these_codes_occur"] = codelist;
}

/** `between` stays as the one spelling of a period; an empty `between` is none. */
function mergePeriod(args: Loose, draft: Draft, checking: Checking): void {
  const { on_or_after: from, on_or_before: to, between } = args;
  delete args["on_or_after"];
  delete args["on_or_before"];
  const given = isTruthy(between);
  if (given && (from !== undefined || to !== undefined)) {
    reportConflict(draft, checking, {
      sentence: '"between" is given together with "onOrAfter" or "onOrBefore"',
      wayOut: 'Put both ends in "between"; null leaves an end open.',
    });
  }
  if (given) return;
  delete args["between"];
  if (from !== undefined || to !== undefined) args["between"] = [from ?? null, to ?? null];
}
