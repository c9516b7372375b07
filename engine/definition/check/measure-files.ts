/** Which measures would write the same file. */
import { parseIsoDate } from "../../base/dates.ts";
import { foldedFileName } from "../../base/portable-name.ts";

const DATED = /^(.*)_(\d{4}-\d{2}-\d{2})$/s;

/**
 * Those whose files an earlier one of the list writes already, on a file system that does not tell
 * case: two of one id, and `x_2020-01-01` beside `x`, whose file for that day it is.
 */
export function measuresOfOneFile<Measure extends { readonly id: string }>(
  measures: readonly Measure[],
): readonly Measure[] {
  const whole = new Set<string>();
  const undated = new Set<string>();
  return measures.filter(({ id }) => {
    const name = foldedFileName(id);
    const [, stem, day = ""] = DATED.exec(name) ?? [];
    const dated = stem !== undefined && parseIsoDate(day) !== null ? stem : null;
    const taken = whole.has(name) || undated.has(name) || (dated !== null && whole.has(dated));
    whole.add(name);
    if (dated !== null) undated.add(dated);
    return taken;
  });
}
