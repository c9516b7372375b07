/** Reads a date as authors write it. */
import { nearestHint } from "../../base/wording.ts";
import { parseIsoDate } from "../../base/dates.ts";
import { nearestNames } from "../../base/nearest.ts";
import type { Problem } from "../../base/problems.ts";
import { fail } from "../problems.ts";
import { attempt } from "./attempt.ts";
import type { DateBase, DateExpression, DateFunction, DateOffset } from "./date-expression.ts";
import { dateFunctions, dateUnits, isDateFunction } from "./date-words.ts";
import { refuseDate } from "./refuse-date.ts";

export type ParsedDate =
  | {
      readonly ok: true;
      readonly expression: DateExpression;
      /** One of two parentheses is missing; the text was read as if it were there. */
      readonly oneParenthesis: boolean;
    }
  | { readonly ok: false; readonly problem: Problem };

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_.]*`;

/** On text without spaces. Either parenthesis may be missing: real studies have such dates. */
const SHAPE = new RegExp(
  String.raw`^(?:(?<applied>${NAME})\()?(?<name>${NAME})(?<close>\))?` +
    String.raw`(?:(?<sign>[+-])(?<amount>\d+)(?<unit>${NAME}))?$`,
  "u",
);

/**
 * `2020-01-01`, or something like `first_day_of_month(index_date) - 15 days`. A column of the study
 * wins over `index_date` and `today`. Spaces count for nothing, and a missing parenthesis can mean one
 * thing only. The problems are those of a misspelt name, function or unit, of a day that does not exist,
 * and of anything that cannot be read.
 */
export function parseDateExpression(text: string, columnNames: ReadonlySet<string>): ParsedDate {
  const read = attempt(() => readDate(text, columnNames));
  return read.ok ? { ok: true, ...read.value } : read;
}

function readDate(text: string, columnNames: ReadonlySet<string>) {
  const compact = text.replaceAll(" ", "");
  const date = parseIsoDate(compact);
  if (date !== null) {
    return { expression: { kind: "literal", date }, oneParenthesis: false } as const;
  }
  const parts = SHAPE.exec(compact)?.groups;
  if (parts === undefined) return refuseDate(text, compact);
  const expression: DateExpression = {
    kind: "from",
    base: readBase(text, parts["name"] ?? "", columnNames),
    apply: readFunction(text, parts["applied"]),
    offset: readOffset(text, parts),
  };
  const oneParenthesis = (parts["applied"] === undefined) !== (parts["close"] === undefined);
  return { expression, oneParenthesis };
}

function readBase(text: string, name: string, columnNames: ReadonlySet<string>): DateBase {
  if (columnNames.has(name)) return { kind: "column", name };
  if (name === "index_date") return { kind: "index-date" };
  if (name === "today") return { kind: "today" };
  const nearest = isDateFunction(name)
    ? [`${name}(index_date)`]
    : nearestNames(name, [...columnNames, "index_date", "today"]);
  return fail("unknown-date-name", { text, name, nearest });
}

function readFunction(text: string, name: string | undefined): DateFunction | null {
  if (name === undefined) return null;
  if (isDateFunction(name)) return name;
  const nearest = nearestNames(name, dateFunctions);
  return fail("unknown-date-function", { text, name, nearest, functions: dateFunctions });
}

function readOffset(text: string, parts: Readonly<Record<string, string>>): DateOffset | null {
  const { sign, amount, unit: word } = parts;
  if (amount === undefined || word === undefined) return null;
  const unit = dateUnits.get(word);
  if (unit === undefined) return refuseUnit(text, Number(amount), word);
  if (Number(amount) > unit.most) return fail("date-out-of-range", { text, from: null });
  // Zero has no sign: -0 would not equal 0 in a fingerprint or a test.
  const signed = sign === "-" && Number(amount) !== 0 ? -Number(amount) : Number(amount);
  return { amount: signed, unit: unit.name };
}

function refuseUnit(text: string, amount: number, unit: string): never {
  const inWeeks = unit === "week" || unit === "weeks";
  const nearest = nearestNames(unit, dateUnits.keys());
  const wayOut = inWeeks
    ? `Write weeks in days: "${amount * 7} days".`
    : `${nearestHint(nearest)} Units are years, months and days.`.trimStart();
  return fail("unknown-date-unit", { text, unit, wayOut });
}
