/** The file that `generate_measures --repairs` names. */
import { resolve } from "node:path";
import { readRepairs } from "../../audit/repair/repairs-file.ts";
import type { RepairAction } from "../../audit/repair/repairs-file.ts";
import { nearestNames } from "../../base/nearest.ts";
import { readSmallFile } from "../../files/small-file.ts";
import { groupKeys } from "../../measures/measure-spec.ts";
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import type { RunContext } from "../context.ts";
import { fail } from "../problems.ts";
import { refuseContradictions } from "./contradicting-repairs.ts";

/** More than any audit would find. */
const LARGEST = 1 << 26;

/** Problems: repairs-not-found, those of `readRepairs`, repairs-contradict, repairs-name-unknown. */
export function repairsFrom(
  file: string,
  measures: readonly MeasureSpec[],
  { workspace }: Pick<RunContext, "workspace">,
): readonly RepairAction[] {
  const bytes = readSmallFile(resolve(workspace, file), {
    most: LARGEST,
    follow: true,
    told: file,
  });
  if (bytes === null) return fail("repairs-not-found", { file });
  const repairs = readRepairs(bytes.toString("utf8"), file);
  refuseContradictions(repairs, measures, file);
  const known = measures.map(({ id }) => id);
  const named = repairs.flatMap((action) => {
    if ("round" in action || "merge" in action) return [];
    return "drop" in action ? action.drop.measure : action.withhold.measure;
  });
  refuseUnknown(named, known, { file, what: "measure" });
  const columns = repairs.flatMap((action) => ("merge" in action ? [action.merge.column] : []));
  refuseUnknown(columns, measures.flatMap(groupKeys), { file, what: "column to group by" });
  return repairs;
}

function refuseUnknown(
  names: readonly string[],
  known: readonly string[],
  told: { readonly file: string; readonly what: "measure" | "column to group by" },
): void {
  const name = names.find((each) => !known.includes(each));
  if (name !== undefined)
    fail("repairs-name-unknown", { ...told, name, nearest: nearestNames(name, known) });
}
