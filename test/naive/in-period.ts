/** Whether a day lies in the period of a column. Both ends count. */
import type { IsoDate } from "../../engine/base/dates.ts";
import type { DateExpression } from "../../engine/definition/dates/date-expression.ts";
import { dayMeant } from "./asked.ts";
import type { Asked } from "./asked.ts";

export type InPeriod = (day: string | null) => boolean;

/**
 * Without a bound every day suits, a missing one too. With one, a missing day does not; and where a
 * bound is relative to a column that is empty for the patient, none does.
 */
export function periodOf(asked: Asked): InPeriod {
  const { period } = asked.column;
  return between(asked, period?.from ?? null, period?.to ?? null);
}

/** Up to the end of the period, whatever its beginning. */
export function upToEnd(asked: Asked): InPeriod {
  return between(asked, null, asked.column.period?.to ?? null);
}

/** The period, with days in place of bounds that are not given. */
export function periodWithin(asked: Asked, earliest: string, latest: string): InPeriod {
  const inPeriod = periodOf(asked);
  return (day) => {
    const { period } = asked.column;
    if (day === null || !inPeriod(day)) return false;
    if ((period?.from ?? null) === null && day < earliest) return false;
    return (period?.to ?? null) !== null || day <= latest;
  };
}

function between(asked: Asked, from: DateExpression | null, to: DateExpression | null): InPeriod {
  if (from === null && to === null) return () => true;
  const lower = boundOf(asked, from);
  const upper = boundOf(asked, to);
  return (day) => {
    if (day === null || lower === "missing" || upper === "missing") return false;
    return (lower === null || day >= lower) && (upper === null || day <= upper);
  };
}

function boundOf(asked: Asked, bound: DateExpression | null): IsoDate | "missing" | null {
  return bound === null ? null : (dayMeant(asked, bound) ?? "missing");
}
