/** The file that `generate_measures --repairs` names. */
import { resolve } from "node:path";
import { readRepairs } from "../../audit/repair/repairs-file.ts";
import type { Withholding } from "../../audit/repair/repairs-file.ts";
import { nearestNames } from "../../base/nearest.ts";
import { readSmallFile } from "../../files/small-file.ts";
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import type { RunContext } from "../context.ts";
import { fail } from "../problems.ts";

/** More than any audit would find. */
const LARGEST = 1 << 26;

/** Problems: repairs-not-found, those of `readRepairs`, repairs-name-unknown. */
export function repairsFrom(
  file: string,
  measures: readonly MeasureSpec[],
  { workspace }: Pick<RunContext, "workspace">,
): readonly Withholding[] {
  const bytes = readSmallFile(resolve(workspace, file), {
    most: LARGEST,
    follow: true,
    told: file,
  });
  if (bytes === null) return fail("repairs-not-found", { file });
  const repairs = readRepairs(bytes.toString("utf8"), file);
  const known = measures.map(({ id }) => id);
  const other = repairs.find(({ measure }) => !known.includes(measure));
  if (other === undefined) return repairs;
  const { measure: name } = other;
  return fail("repairs-name-unknown", {
    file,
    what: "measure",
    name,
    nearest: nearestNames(name, known),
  });
}
