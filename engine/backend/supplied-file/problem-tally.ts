/** Problems of one file: the first ones kept, the others counted. */
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";

const SHOWN = 20;

export interface ProblemTally {
  readonly shown: Problem[];
  more: number;
}

/** Makes the problem only if it is shown: a wrong file can have millions. */
export function tell(tally: ProblemTally, make: () => Problem): void {
  if (tally.shown.length < SHOWN) tally.shown.push(make());
  else tally.more++;
}

/** Those shown, and one that says how many are not. */
export function told({ shown, more }: ProblemTally, file: string): readonly Problem[] {
  return more === 0 ? shown : [...shown, problem("dummy-file-more", { file, count: more })];
}
