/** Consultations, vaccinations, decision support and what a practice knows of a death. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { Codelist } from "../../definition/model.ts";
import type { Rows } from "../model/rows.ts";
import { any, compare, field, flag, integer, isPresent } from "../model/value.ts";
import type { Test, Value } from "../model/value.ts";
import { inPeriod, periodWindow } from "./lower-date.ts";
import { byDate, endDay, matching } from "./lower-events.ts";
import type { LowerColumn, Lowered, Lowering } from "./lowering.ts";

/** Text, a list of text, or a codelist, as a list of codes; null where it is not given. */
export function textsOf(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value as readonly string[];
  const { codes } = value as Codelist;
  return codes.map((code) => (typeof code === "string" ? code : code[0]));
}

/** A field that equals one of the texts, folded; no test where none are given. */
export function isOneOf(name: string, texts: readonly string[] | null, to: Lowering): Test[] {
  if (texts === null) return [];
  return [
    { kind: "in-codelist", of: field(name), codelist: to.codelist(texts, true), how: "equal" },
  ];
}

/** Flag, day of the first or last, or number of rows: what most dated tables can be asked. */
export function lowerDatedRows(
  column: CheckedColumn,
  rows: Rows,
  date: string,
  to: Lowering,
): Lowered {
  const window = periodWindow(column, date, to);
  const day = (): Value => endDay(column, { rows, window, date }, to);
  const aspects = to.wants(column, "date") ? { aspects: { date: day() } } : {};
  switch (column.args["returning"]) {
    case "binary_flag":
      return { value: to.summary(rows, window, { kind: "exists" })(), ...aspects };
    case "number_of_matches_in_period": {
      const output = { kind: "aggregate", aggregate: { kind: "rows" } } as const;
      return { value: to.summary(rows, window, output)(), ...aspects };
    }
    default:
      return { value: day(), ...aspects };
  }
}

/** Arrived, in progress, finished, visit, waiting, walked out. */
const SEEN = [1, 3, 4, 8, 9, 16];

function lowerConsultations(column: CheckedColumn, to: Lowering): Lowered {
  const seen = any(...SEEN.map((status) => compare(field("status"), "=", integer(status))));
  return lowerDatedRows(column, matching("appointments", seen), "seen_at", to);
}

function lowerVaccinations(
  column: CheckedColumn,
  matches: Readonly<Record<string, unknown>>,
  to: Lowering,
): Lowered {
  const rows = matching(
    "vaccinations",
    ...isOneOf("target_disease", textsOf(matches["target_disease_matches"]), to),
    ...isOneOf("product", textsOf(matches["product_name_matches"]), to),
  );
  return lowerDatedRows(column, rows, "given_at", to);
}

const FRAILTY = 1;

function lowerDecisionSupport(column: CheckedColumn, to: Lowering): Lowered {
  const value = field("numeric_value");
  const missing = column.args["ignore_missing_values"] === true;
  const rows = matching(
    "decision_support_values",
    compare(field("algorithm"), "=", integer(FRAILTY)),
    ...(missing ? [compare(value, "!=", integer(0))] : []),
  );
  const date = "calculated_at";
  if (column.args["returning"] !== "numeric_value") return lowerDatedRows(column, rows, date, to);
  const picked = to.summary(rows, periodWindow(column, date, to), {
    kind: "pick",
    take: { value: { kind: "decimal", of: value }, date: { kind: "day-of", of: field(date) } },
    order: byDate(column, date, value),
  });
  return { value: picked(), aspects: { date: picked("date") } };
}

/** 9999-12-31 is alive, which an open end leaves out. */
function lowerDeathInPrimaryCare(column: CheckedColumn, to: Lowering): Lowered {
  const died: Value = { kind: "patient", name: "died_on" };
  const when = inPeriod(died, column.period, to);
  if (column.args["returning"] === "binary_flag") return { value: flag(when) };
  return { value: { kind: "choose", cases: [{ when, then: died }], otherwise: null } };
}

/** The last end of any registration, if it lies in the period. */
function lowerDeregistration(column: CheckedColumn, to: Lowering): Lowered {
  const rows = matching("practice_registrations");
  const greatest = { kind: "greatest", of: field("ends_at") } as const;
  const output = { kind: "aggregate", aggregate: greatest } as const;
  const last: Value = {
    kind: "day-of",
    of: to.summary(rows, { kind: "always" }, output)(),
  };
  const when = inPeriod(last, column.period, to);
  return { value: { kind: "choose", cases: [{ when, then: last }], otherwise: null } };
}

/** Who has some such row; for tables without a date. */
export function existsIn(rows: Rows, to: Lowering): Value {
  return to.summary(rows, { kind: "always" }, { kind: "exists" })();
}

/** 1 where something was found. */
export function foundFlag(value: Value): Value {
  return flag(isPresent(value));
}

export const primaryCareFunctions = {
  with_gp_consultations: lowerConsultations,
  with_vaccination_record: (column, to) =>
    lowerVaccinations(column, column.args["tpp"] as Readonly<Record<string, unknown>>, to),
  with_tpp_vaccination_record: (column, to) => lowerVaccinations(column, column.args, to),
  with_these_decision_support_values: lowerDecisionSupport,
  with_death_recorded_in_primary_care: lowerDeathInPrimaryCare,
  date_deregistered_from_all_supported_practices: lowerDeregistration,
} as const satisfies Record<string, LowerColumn>;
