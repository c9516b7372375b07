import type { IsoDate } from "../../base/dates.ts";
import { groupKeys, measureSpec, wantedColumns } from "../../measures/measure-spec.ts";
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import { fingerprintOf } from "../manifest/fingerprint.ts";

/** A cohort file's date and the hash of its bytes. */
export interface MeasuredInput {
  readonly date: IsoDate;
  readonly sha256: string;
}

export type MeasureFingerprint = (measure: MeasureSpec, inputs: readonly MeasuredInput[]) => string;

/**
 * Of everything a measure's file depends on. Other measures count in one point: a column that one of
 * them adds up is read as a number, and then groups of this one are labelled `1.0`, not `1`.
 */
export function measureFingerprints(
  measures: readonly MeasureSpec[],
  engineVersion: string,
): MeasureFingerprint {
  const numbers = new Set(wantedColumns(measures).numbers);
  return (measure, inputs) => {
    const numberKeys = groupKeys(measure).filter((name) => numbers.has(name));
    const from = inputs.map(({ date, sha256 }) => ({ date, sha256 }));
    return fingerprintOf({ engineVersion, measure: measureSpec(measure), numberKeys, from });
  };
}
