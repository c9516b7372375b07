/** What `generate_measures --repairs` leaves out of the files that it writes. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { RepairAction, RoundingRun } from "../../audit/repair/repairs-file.ts";
import type { IsoDate } from "../../base/dates.ts";
import { measureFileName, measureFormats } from "../../base/file-names.ts";
import { nearestNames } from "../../base/nearest.ts";
import type { Problem } from "../../base/problems.ts";
import { groupKeys, isDropped, isPatientLevel } from "../../measures/measure-spec.ts";
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import type { MeasureAnswer } from "../../measures/measure-task.ts";
import { nameOfLabel } from "../../measures/merge-labels.ts";
import { policyOf } from "../../measures/suppress.ts";
import { readManifest, recordFiles } from "../manifest/manifest.ts";
import { fail, problem } from "../problems.ts";

/** Each measure with what is to be left out of its files. */
export function withRepairs<Measure extends MeasureSpec>(
  measures: readonly Measure[],
  repairs: readonly RepairAction[],
): readonly Measure[] {
  return measures.map((measure) => {
    const withheld = repairs.flatMap((action) => {
      if (!("withhold" in action) || action.withhold.measure !== measure.id) return [];
      const { date, column, groups } = action.withhold;
      return [{ date, column, groups }];
    });
    const dates = repairs.flatMap((action) =>
      "drop" in action && action.drop.measure === measure.id ? [action.drop.date] : [],
    );
    const [run] = repairs.flatMap((action) => ("round" in action ? [action.round] : []));
    const merged = repairs.flatMap((action) =>
      "merge" in action && groupKeys(measure).includes(action.merge.column) ? [action.merge] : [],
    );
    const some = dates.filter((date) => date !== undefined);
    const dropped = some.length < dates.length ? "all" : some;
    return {
      ...measure,
      ...(run === undefined || isPatientLevel(measure) ? {} : roundedBy(measure, run)),
      ...(withheld.length === 0 ? {} : { withheld }),
      ...(dates.length === 0 ? {} : { dropped }),
      ...(merged.length === 0 ? {} : { merged }),
    };
  });
}

/** Numbers that nobody hides are hidden where the repair names a threshold. */
function roundedBy(
  { small_number_suppression: own }: MeasureSpec,
  { threshold, rounding }: RoundingRun,
): Pick<MeasureSpec, "small_number_suppression" | "rounding"> {
  const policy = policyOf({ small_number_suppression: own });
  const before = policy.kind === "none" ? 0 : policy.threshold;
  const hiding = threshold === undefined ? own : { threshold: Math.max(threshold, before) };
  return { small_number_suppression: hiding, rounding };
}

/** Problem: repairs-name-unknown, for a date of which there are no patients: then nothing is written. */
export function refuseOtherDates(
  measures: readonly MeasureSpec[],
  files: readonly { readonly date: string }[],
): void {
  const known = files.map(({ date }) => date);
  const dates = measures.flatMap(({ withheld = [], dropped = [] }) => [
    ...withheld.map(({ date }) => date),
    ...(dropped === "all" ? [] : dropped),
  ]);
  const name = dates.find((date) => !known.includes(date));
  if (name === undefined) return;
  fail("repairs-name-unknown", {
    file: null,
    what: "index date",
    name,
    nearest: nearestNames(name, known),
  });
}

/** What an earlier run made of the dates that are left out now would look current: it goes, in every format. */
export async function removeDropped(
  folder: string,
  measures: readonly MeasureSpec[],
  files: readonly { readonly date: IsoDate }[],
): Promise<void> {
  const gone = measures.flatMap((measure) => {
    const dates = files.map(({ date }) => date).filter((date) => isDropped(measure, date));
    // Of all dates there is nothing left to add up.
    const all = dates.length > 0 && dates.length === files.length ? [null, ...dates] : dates;
    return all.flatMap((date) =>
      measureFormats.map((format) => measureFileName(measure.id, date, format)),
    );
  });
  for (const file of gone) rmSync(join(folder, file), { force: true });
  const manifest = readManifest(folder);
  const recorded = gone.filter((file) => Object.hasOwn(manifest, file));
  if (recorded.length > 0) await recordFiles(folder, {}, recorded);
}

/** One problem for each label that is to be merged and that no file has: then nothing is combined. Files that are kept had them. */
export function unknownLabels(
  measures: readonly MeasureSpec[],
  answers: readonly (MeasureAnswer | null)[],
): readonly Problem[] {
  const made = answers.flatMap((answer) => (answer?.ok === true ? answer.made : []));
  const found = new Set(made.flatMap(({ merged = [] }) => merged));
  const merges = measures
    .filter(({ id }) => made.some((each) => each.id === id))
    .flatMap(({ merged = [] }) => merged);
  const unknown = merges.flatMap(({ column, labels }) =>
    labels.filter((label) => !found.has(nameOfLabel(column, label))),
  );
  return [...new Set(unknown)].map((name) =>
    problem("repairs-name-unknown", { file: null, what: "label", name, nearest: [] }),
  );
}
