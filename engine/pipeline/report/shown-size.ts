/** How large a file of a run is, as the report says it. */
import { groupedDigits } from "../../base/shown-numbers.ts";
import { shownSize } from "../../charts/cohort-sizes.ts";

/** How many leading digits of bytes are told of a file that researchers must not see. */
const LEADING = 2;

/**
 * Of files of patients the rows are a number of patients, and the bytes nearly so: where `isKept`, both are told as
 * roughly as the sizes of cohorts. The record of the run has them exactly, for whoever may see the files.
 */
export function rowsText(rows: number | null, isKept: boolean): string {
  if (rows === null) return "-";
  return groupedDigits(isKept ? shownSize(rows) : rows);
}

export function bytesText(bytes: number, isKept: boolean): string {
  if (!isKept) return groupedDigits(bytes);
  const unit = 10 ** Math.max(0, String(bytes).length - LEADING);
  return groupedDigits(Math.round(bytes / unit) * unit);
}
