import { problem } from "../problems.ts";
import type { Checking, Draft } from "./draft.ts";

/** Two options that do not go together, or a value that a function cannot take, and the way out. */
export function reportConflict(
  draft: Draft,
  checking: Checking,
  words: { readonly sentence: string; readonly wayOut: string },
): void {
  const facts = { study: checking.study, column: draft.name, ...words };
  checking.report(problem("options-conflict", facts, draft.place));
}
