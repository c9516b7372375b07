/** What is known of an action's outputs because they are pages and pictures that the engine draws. */
import { basename, dirname, posix } from "node:path";
import { measureIdOf } from "../../commands/measures/measure-files.ts";
import { holdsPatients } from "../state/action-state.ts";
import type { ActionRun } from "./action-run.ts";

export interface PageFacts {
  /** The command writes nothing else, and no study of it writes anything. */
  readonly isPage: boolean;
  readonly isExact: boolean;
  /** Measures that are drawn though they are as sensitive as cohorts, or were withheld. */
  readonly drawnFrom: readonly string[];
}

export function pageFacts({ planned, now }: Pick<ActionRun, "planned" | "now">): PageFacts {
  const { request, needs } = planned.action;
  switch (request?.command) {
    case "cohort_report":
      return { isPage: true, isExact: request.exact, drawnFrom: [] };
    case "measures_report": {
      const folder = posix.join(request.outputDir, ".");
      const isDrawn = (path: string): boolean =>
        posix.join(dirname(path), ".") === folder && measureIdOf(basename(path)) !== null;
      const drawnFrom = needs
        .flatMap(({ name }) => now.stateOf(name)?.outputs ?? [])
        .filter((output) => holdsPatients(output) && isDrawn(output.path))
        .map(({ path }) => path);
      return { isPage: true, isExact: false, drawnFrom };
    }
    default:
      return { isPage: false, isExact: false, drawnFrom: [] };
  }
}
