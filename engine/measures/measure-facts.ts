/** What a measure's file shows, and how its small numbers were treated: for whoever reads it back. */
import { labelColumns } from "./measure-spec.ts";
import type { MeasureSpec, Rounding } from "./measure-spec.ts";
import { policyOf } from "./suppress.ts";

export interface MeasureFacts {
  readonly id: string;
  /** Columns of the file before its numbers; none for one row of everybody and for one row per patient. */
  readonly groups: readonly string[];
  readonly numerator: string;
  readonly denominator: string;
  /** Numbers from 1 up to it are suppressed; null where none are. */
  readonly threshold: number | null;
  /** Null where numbers are as they were counted. */
  readonly rounding: Rounding | null;
}

export function measureFacts(measure: MeasureSpec): MeasureFacts {
  const { id, numerator, denominator, rounding = null } = measure;
  const policy = policyOf(measure);
  const threshold = policy.kind === "none" ? null : policy.threshold;
  return { id, groups: labelColumns(measure), numerator, denominator, threshold, rounding };
}

/** Whether what a file says can be the facts of a measure. */
export function areMeasureFacts(held: unknown): held is MeasureFacts {
  if (typeof held !== "object" || held === null) return false;
  const { id, groups, numerator, denominator, threshold, rounding } = held as Partial<
    Record<keyof MeasureFacts, unknown>
  >;
  return (
    [id, numerator, denominator].every(isText) &&
    Array.isArray(groups) &&
    groups.every(isText) &&
    (threshold === null || isPositive(threshold)) &&
    (rounding === null || isRounding(rounding))
  );
}

function isRounding(held: unknown): held is Rounding {
  if (held === "midpoint6") return true;
  return typeof held === "object" && held !== null && "to" in held && isPositive(held.to);
}

const isText = (held: unknown): held is string => typeof held === "string";

const isPositive = (held: unknown): boolean =>
  typeof held === "number" && Number.isFinite(held) && held > 0;
