/** Which outputs of a run can be chosen for a release: measures that may be shown and are as the run made them. */
import { basename, dirname } from "node:path";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { measureIdOf } from "../../commands/measures/measure-files.ts";
import { outputsOf } from "../../pipeline/record/compare-runs.ts";
import type { RecordedOutput, RunRecord } from "../../pipeline/record/run-record.ts";
import type { ServedStudy } from "../served-study.ts";
import { isAsMade } from "../shown-output.ts";
import { shownOutputs } from "../shown-outputs.ts";

export interface ReleaseChoices {
  /** By folder: a release is of one. */
  readonly folders: ReadonlyMap<string, readonly RecordedOutput[]>;
  /** Why others cannot be chosen. */
  readonly others: readonly { readonly path: string; readonly why: string }[];
  /** Files that are never released, in words; empty where there are none. */
  readonly never: string;
}

/** Only of a run whose record is our own. */
export function releaseChoices(study: ServedStudy, run: RunRecord): ReleaseChoices {
  const shown = shownOutputs(study, run);
  const folders = new Map<string, RecordedOutput[]>();
  const others: { path: string; why: string }[] = [];
  let never = 0;
  for (const output of outputsOf(run)) {
    const why = shown.has(output.path) ? whyNotShown(study, output) : whyNot(output);
    if (why === null) {
      const folder = dirname(output.path);
      folders.set(folder, [...(folders.get(folder) ?? []), output]);
    } else if (why === SENSITIVE) never += 1;
    else others.push({ path: output.path, why });
  }
  const files = `${groupedDigits(never)} ${never === 1 ? "file is" : "files are"}`;
  const words = never === 0 ? "" : `${files} highly sensitive and never released.`;
  return { folders, others, never: words };
}

const SENSITIVE = "is highly sensitive";

function whyNot({ level, withheld }: RecordedOutput): string {
  if (level === "highly_sensitive") return SENSITIVE;
  return withheld === null ? "is highly sensitive elsewhere" : `withheld: it ${withheld}`;
}

/** Null where nothing is against it. */
function whyNotShown(study: ServedStudy, output: RecordedOutput): string | null {
  if (measureIdOf(basename(output.path)) === null) {
    return "is no measure, and only measures can be audited";
  }
  return isAsMade(study, output) ? null : "is not as the run made it";
}
