/** The range that dummy dates are drawn from. */
import { problem } from "../problems.ts";
import type { DateExpression } from "../dates/date-expression.ts";
import type { DateRange, DrawnValues } from "./expectation-facts.ts";
import { isLoose } from "./expectation-merge.ts";
import { placeOf, whereIs, wrong } from "./expectation-reading.ts";
import type { ExpectationReading } from "./expectation-reading.ts";
import { formatDateExpression } from "../dates/format-date-expression.ts";
import { parseDateExpression } from "../dates/parse-date-expression.ts";

/** No column can be named: dummy dates know nothing of other columns. */
const noColumns: ReadonlySet<string> = new Set();

const exampleDate = { earliest: "2000-01-01", latest: "today" };

/**
 * `date.earliest` and `date.latest`, demanded of a column whose date is drawn; a given end must be a
 * date expression in any case.
 */
export function readDateRange(reading: ExpectationReading, values: DrawnValues): DateRange | null {
  const given = reading.merged["date"];
  if (given !== undefined && given !== null && !isLoose(given)) {
    wrong(reading, ["date"], 'an object with "earliest" and "latest"');
    return null;
  }
  const earliest = readEnd(reading, "earliest");
  const latest = readEnd(reading, "latest");
  if (values.kind !== "date" && !reading.facts.dated) return null;
  if (earliest === undefined) demand(reading, "earliest");
  if (latest === undefined) demand(reading, "latest");
  if (earliest === undefined || latest === undefined) return null;
  if (earliest === null || latest === null) return null;
  return { earliest, latest };
}

function demand({ missing }: ExpectationReading, end: "earliest" | "latest"): void {
  missing.push({ key: `date.${end}`, example: exampleDate });
}

/** Undefined when not given, null when it was reported. */
function readEnd(
  reading: ExpectationReading,
  end: "earliest" | "latest",
): DateExpression | null | undefined {
  const dates = reading.merged["date"];
  const given = isLoose(dates) ? (dates[end] ?? undefined) : undefined;
  if (given === undefined) return undefined;
  if (typeof given !== "string") {
    wrong(reading, ["date", end], 'a date "YYYY-MM-DD", "index_date", "today" or relative to them');
    return null;
  }
  const parsed = parseDateExpression(given, noColumns);
  if (parsed.ok && parsed.oneParenthesis) {
    const facts = { text: given, readAs: formatDateExpression(parsed.expression) };
    const place = placeOf(reading, whereIs(reading, ["date", end]));
    reading.warnings.push(problem("date-parenthesis", facts, place));
  }
  if (parsed.ok) return parsed.expression;
  const { message: sentence, hint } = parsed.problem;
  const facts = { ...whereIs(reading, ["date", end]), key: `date.${end}`, sentence, hint };
  reading.problems.push(problem("expectation-date", facts, placeOf(reading, facts)));
  return null;
}
