/** The file that `generate_measures --repairs` names. */
import { resolve } from "node:path";
import { readRepairs } from "../../audit/repair/repairs-file.ts";
import type { RepairAction } from "../../audit/repair/repairs-file.ts";
import { nearestNames } from "../../base/nearest.ts";
import { readSmallFile } from "../../files/small-file.ts";
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
    if ("round" in action) return [];
    return "drop" in action ? action.drop.measure : action.withhold.measure;
  });
  const name = named.find((measure) => !known.includes(measure));
  if (name === undefined) return repairs;
  return fail("repairs-name-unknown", {
    file,
    what: "measure",
    name,
    nearest: nearestNames(name, known),
  });
}
