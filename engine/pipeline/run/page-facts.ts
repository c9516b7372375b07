/** What is known of an action's outputs because they are pages and pictures that the engine draws. */
import { basename, dirname, posix } from "node:path";
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

/** `needed` are the outputs of the actions that it needs. */
export function pageFacts(
  request: ActionRequest | null,
  needed: readonly Pick<MadeOutput, "path" | "level" | "withheld">[],
): PageFacts {
  switch (request?.command) {
    case "cohort_report":
      return { isPage: true, isExact: request.exact, drawnFrom: [] };
    case "measures_report": {
      const folder = posix.join(request.outputDir, ".");
      const isDrawn = (path: string): boolean =>
        posix.join(dirname(path), ".") === folder && measureIdOf(basename(path)) !== null;
      const drawnFrom = needed
        .filter((output) => holdsPatients(output) && isDrawn(output.path))
        .map(({ path }) => path);
      return { isPage: true, isExact: false, drawnFrom };
    }
    default:
      return { isPage: false, isExact: false, drawnFrom: [] };
  }
}
