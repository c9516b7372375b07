/** Practices, addresses, households and histories. */
import { problem } from "../problems.ts";
import { factsOf } from "./check-arguments.ts";
import type { Checking, Draft } from "./draft.ts";
import { reportConflict } from "./report-conflict.ts";

export function checkHistory(draft: Draft, checking: Checking): void {
  const wayOut = "Use withCompleteGpConsultationHistoryBetween.";
  const facts = { ...factsOf(draft, checking), wayOut };
  checking.report(problem("function-not-available", facts, draft.place));
}

export function checkAddress(draft: Draft, checking: Checking): void {
  const { returning, round_to_nearest: rounding } = draft.args;
  if (returning === "index_of_multiple_deprivation" && Number(rounding) !== 100) {
    reportConflict(draft, checking, {
      sentence: "an index of multiple deprivation is kept to the nearest hundred only",
      wayOut: "Add roundToNearest: 100.",
    });
  }
  if (returning === "rural_urban_classification" && rounding !== undefined) {
    reportConflict(draft, checking, {
      sentence: "a rural or urban class cannot be rounded",
      wayOut: "Drop roundToNearest.",
    });
  }
}

/** Households were recorded once. */
export function checkHousehold(draft: Draft, checking: Checking): void {
  if (draft.args["reference_date"] === "2020-02-01") return;
  reportConflict(draft, checking, {
    sentence: "households are known as of 2020-02-01 only",
    wayOut: 'Write referenceDate "2020-02-01".',
  });
}
