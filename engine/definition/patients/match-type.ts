/** The type of matching events, legacy flags included. */
import type { Returned, ReturningOf } from "./returned.ts";

/** A legacy flag that is on overrides `returning`, dates after counts. */
export type MatchType<
  Name extends "with_these_clinical_events" | "with_these_medications",
  Returning extends ReturningOf<Name>,
  Counted extends boolean,
  FirstOrLast extends boolean,
> = true extends FirstOrLast ? "date" : true extends Counted ? "int" : Returned<Name, Returning>;
