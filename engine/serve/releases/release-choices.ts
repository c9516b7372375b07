/** Which outputs of a run can be chosen for a release: measures that may be shown and are as the run made them. */
import { basename, dirname } from "node:path";
import { parseCohortFileName } from "../../base/file-names.ts";
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
  /** Of those that are many, in words. */
  readonly counted: readonly string[];
}

/** Only of a run whose record is our own. */
export function releaseChoices(study: ServedStudy, run: RunRecord): ReleaseChoices {
  const shown = shownOutputs(study, run);
  const folders = new Map<string, RecordedOutput[]>();
  const others: { path: string; why: string }[] = [];
  const counts = new Map<string, number>();
  for (const output of outputsOf(run)) {
    const why = shown.has(output.path) ? whyNotShown(study, output) : whyNot(output);
    if (why === null) {
      const folder = dirname(output.path);
      folders.set(folder, [...(folders.get(folder) ?? []), output]);
    } else if (COUNTED.includes(why)) counts.set(why, (counts.get(why) ?? 0) + 1);
    else others.push({ path: output.path, why });
  }
  return { folders, others, counted: [...counts].map(countedText) };
}

function countedText([why, count]: readonly [string, number]): string {
  return `${groupedDigits(count)} ${count === 1 ? "file" : "files"}: ${why}.`;
}

const SENSITIVE = "highly sensitive, and never released";
const OF_ONE_DATE = "a measure at one date, which the measure's file of all dates holds";
const COUNTED: readonly string[] = [SENSITIVE, OF_ONE_DATE];

function whyNot({ level, withheld }: RecordedOutput): string {
  if (level === "highly_sensitive") return SENSITIVE;
  return withheld === null ? "is highly sensitive elsewhere" : `withheld: it ${withheld}`;
}

/** Null where nothing is against it. */
function whyNotShown(study: ServedStudy, output: RecordedOutput): string | null {
  const name = basename(output.path);
  if (measureIdOf(name) === null) {
    const isOfOneDate = parseCohortFileName(name)?.stem.startsWith("measure_") === true;
    return isOfOneDate ? OF_ONE_DATE : "is no measure, and only measures can be audited";
  }
  return isAsMade(study, output) ? null : "is not as the run made it";
}
