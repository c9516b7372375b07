/** Measures that researchers may see though they show small numbers. */
import { basename } from "node:path";
import { someMeasures } from "../../base/wording.ts";
import type { RecordedOutput } from "../record/run-record.ts";
import type { CommandEnd } from "./action-run.ts";

/** One note, with the way out; none where nobody sees them. */
export function smallNumberNotes(
  { unsuppressed }: Pick<CommandEnd, "unsuppressed">,
  outputs: readonly Pick<RecordedOutput, "path" | "level" | "withheld">[],
): readonly string[] {
  const seen = outputs
    .filter(({ level, withheld }) => level !== "highly_sensitive" && withheld === null)
    .map(({ path }) => basename(path));
  const shown = unsuppressed.filter((id) =>
    seen.some((name) => name.startsWith(`measure_${id}.`) || name.startsWith(`measure_${id}_2`)),
  );
  if (shown.length === 0) return [];
  const verb = shown.length === 1 ? "shows" : "show";
  return [
    `${someMeasures(shown)} ${verb} small numbers to whoever sees moderately_sensitive files. ` +
      'Write smallNumberSuppression: true, or rounding: "midpoint6"; or declare them highly_sensitive',
  ];
}
