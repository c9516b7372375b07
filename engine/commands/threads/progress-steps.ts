/** Progress of work in another thread: told there step by step, and shown here. */
import type { Progress, Reporter } from "../context.ts";

type StartProgress = Reporter["progress"];

/** Pieces of work are told apart by a number. */
export interface ProgressStep {
  readonly id: number;
  readonly step:
    | { readonly at: "begin"; readonly work: Parameters<StartProgress>[0] }
    | { readonly at: "advance"; readonly units: number; readonly rows: number }
    | { readonly at: "end" };
}

/** In the thread that works. */
export function progressSteps(tell: (step: ProgressStep) => void): StartProgress {
  let works = 0;
  return (work): Progress => {
    const id = works++;
    tell({ id, step: { at: "begin", work } });
    return {
      advance: (units, rows = units) => {
        tell({ id, step: { at: "advance", units, rows } });
      },
      end: () => {
        tell({ id, step: { at: "end" } });
      },
    };
  };
}

/** In the thread that shows it; absent where nobody watches. */
export function followed(progress: StartProgress | undefined): (step: ProgressStep) => void {
  const works = new Map<number, Progress>();
  return ({ id, step }) => {
    if (step.at === "begin" && progress !== undefined) works.set(id, progress(step.work));
    else if (step.at === "advance") works.get(id)?.advance(step.units, step.rows);
    else works.get(id)?.end();
  };
}
