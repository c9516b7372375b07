/** What can answer a recorded extraction. */
import { naiveCohort } from "../naive/naive-cohort.ts";
import { duckDbExtract } from "../database/duckdb-extract.ts";
import type { Extract } from "./extraction-cases.ts";

/** The oracle, one index date after the other. */
export const naiveExtract: Extract = ({ indexDates, files, ...asked }) => {
  const readFile = (path: string): string => {
    const text = files[path];
    if (text === undefined)
      throw new Error(`the study reads ${path}, which the case does not hold`);
    return text;
  };
  // Inside a promise, so that what it throws is a rejection.
  return Promise.resolve().then(() =>
    indexDates.map((indexDate) => naiveCohort({ ...asked, indexDate, readFile })),
  );
};

/** The ones that `npm run conformance` holds against the recorded cases, by name. */
export const evaluators: Readonly<Record<string, Extract>> = {
  "the oracle": naiveExtract,
  "all index dates in one pass": duckDbExtract("one-pass"),
  "one index date after the other": duckDbExtract("per-date"),
};
