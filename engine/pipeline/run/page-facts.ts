/** What is known of an action's outputs because they are pages and pictures that the engine draws. */
import { basename, dirname, posix } from "node:path";
import { matchesSegment, segmentOf } from "../../base/wildcard.ts";
import { measureIdOf } from "../../commands/measures/measure-files.ts";
import type { ActionRequest } from "../../options/read-words.ts";
import { holdsPatients } from "../state/action-state.ts";
import type { MadeOutput } from "../state/action-state.ts";

export interface PageFacts {
  /** The command writes nothing else, and no study of it writes anything. */
  readonly isPage: boolean;
  readonly isExact: boolean;
  /** Measures that are drawn though they are as sensitive as cohorts, or were withheld. */
  readonly drawnFrom: readonly string[];
}

type Needed = readonly Pick<MadeOutput, "path" | "level" | "withheld">[];

/** `needed` are the outputs of the actions that it needs. */
export function pageFacts(request: ActionRequest | null, needed: Needed): PageFacts {
  switch (request?.command) {
    case "cohort_report":
      return { isPage: true, isExact: request.exact, drawnFrom: [] };
    case "measures_report":
      return drawn(true, needed, isMeasureIn([request.outputDir]));
    case "audit":
      return drawn(true, needed, isMeasureIn([request.outputDir ?? "output", ...request.earlier]));
    case "deciles_charts":
      // Its tables are looked into besides.
      return drawn(false, needed, matchesGlob(request.inputFiles));
    default:
      return { isPage: false, isExact: false, drawnFrom: [] };
  }
}

function drawn(isPage: boolean, needed: Needed, isDrawn: (path: string) => boolean): PageFacts {
  const sensitive = needed.filter((output) => holdsPatients(output) && isDrawn(output.path));
  return { isPage, isExact: false, drawnFrom: sensitive.map(({ path }) => path) };
}

function isMeasureIn(folders: readonly string[]): (path: string) => boolean {
  const places = new Set(folders.map((folder) => posix.join(folder, ".")));
  return (path) =>
    places.has(posix.join(dirname(path), ".")) && measureIdOf(basename(path)) !== null;
}

/** As the command itself matches: name by name. */
function matchesGlob(pattern: string): (path: string) => boolean {
  const namesOf = (path: string): readonly string[] =>
    path.split("/").filter((name) => name !== "" && name !== ".");
  const segments = namesOf(pattern).map(segmentOf);
  return (path) => {
    const names = namesOf(path);
    return (
      names.length === segments.length &&
      segments.every((segment, at) => matchesSegment(segment, names[at] ?? ""))
    );
  };
}
