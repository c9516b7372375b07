/** Measure files that an earlier run made and that are of nothing any more. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { IsoDate } from "../../base/dates.ts";
import { measureFileName, measureFormats } from "../../base/file-names.ts";
import { readManifest } from "../manifest/manifest.ts";

export interface CurrentMeasures {
  readonly study: string;
  readonly ids: readonly string[];
  readonly dates: readonly IsoDate[];
}

/**
 * Files of the folder's manifest, of the studies given, that are neither of their measures nor of their
 * index dates now. What an older engine made does not name its study: it counts if all studies are given.
 */
export function leftoverMeasures(
  folder: string,
  current: readonly CurrentMeasures[],
  isComplete: boolean,
): readonly string[] {
  const expected = new Set(current.flatMap(filesOf));
  const studies = new Set(current.map(({ study }) => study));
  return Object.entries(readManifest(folder))
    .filter(([name, { study, origin, measure }]) => {
      const isCohort = origin !== undefined && measure === undefined;
      if (!/^measure_.*\.(csv|csv\.gz|feather)$/s.test(name) || isCohort) return false;
      return !expected.has(name) && (study === undefined ? isComplete : studies.has(study));
    })
    .map(([name]) => name)
    .filter((name) => existsSync(join(folder, name)));
}

function filesOf({ ids, dates }: CurrentMeasures): readonly string[] {
  return ids.flatMap((id) =>
    [null, ...dates].flatMap((date) =>
      measureFormats.map((format) => measureFileName(id, date, format)),
    ),
  );
}
