/** What a codelist is of rows. */
import type { Test, Value } from "../model/value.ts";

/** Whether a row has a code of a codelist, and which. */
export interface ListedCodes {
  readonly test: Test;
  readonly code: Value;
  readonly category: Value;
}
