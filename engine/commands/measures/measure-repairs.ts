/** What `generate_measures --repairs` leaves out of the files that it writes. */
import type { Withholding } from "../../audit/repair/repairs-file.ts";
import { nearestNames } from "../../base/nearest.ts";
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import { fail } from "../problems.ts";

/** Each measure with what is to be withheld in its files. */
export function withRepairs<Measure extends MeasureSpec>(
  measures: readonly Measure[],
  repairs: readonly Withholding[],
): readonly Measure[] {
  return measures.map((measure) => {
    const own = repairs.filter((repair) => repair.measure === measure.id);
    const withheld = own.map(({ date, column, groups }) => ({ date, column, groups }));
    return own.length === 0 ? measure : { ...measure, withheld };
  });
}

/** Problem: repairs-name-unknown, for a date of which there are no patients: then nothing is written. */
export function refuseOtherDates(
  measures: readonly MeasureSpec[],
  files: readonly { readonly date: string }[],
): void {
  const known = files.map(({ date }) => date);
  const dates = measures.flatMap(({ withheld }) => withheld?.map(({ date }) => date) ?? []);
  const name = dates.find((date) => !known.includes(date));
  if (name === undefined) return;
  fail("repairs-name-unknown", {
    file: null,
    what: "index date",
    name,
    nearest: nearestNames(name, known),
  });
}
