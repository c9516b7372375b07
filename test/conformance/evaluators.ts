/** What can answer a recorded extraction. */
import { naiveCohort } from "../naive/naive-cohort.ts";
import { omopReading } from "../omop/omop-reading.ts";
import { duckDbExtract } from "../database/duckdb-extract.ts";
import type { Extract } from "./extraction-cases.ts";

/** The oracle, one index date after the other. */
export const naiveExtract: Extract = ({ indexDates, files, declared, ...asked }) => {
  const reading = declared === undefined ? {} : { reading: omopReading(declared) };
  const readFile = (path: string): string => {
    const text = files[path];
    if (text === undefined)
      throw new Error(`the study reads ${path}, which the case does not hold`);
    return text;
  };
  // Inside a promise, so that what it throws is a rejection.
  return Promise.resolve().then(() =>
    indexDates.map((indexDate) => naiveCohort({ ...asked, ...reading, indexDate, readFile })),
  );
};

interface Evaluator {
  readonly name: string;
  readonly extract: Extract;
  readonly isOracle: boolean;
  readonly isDateByDate: boolean;
}

const database = { isOracle: false, isDateByDate: false };

/** The ones that `npm run conformance` holds against the recorded cases. */
export const evaluators: readonly Evaluator[] = [
  { name: "the oracle", extract: naiveExtract, isOracle: true, isDateByDate: false },
  { name: "all index dates in one pass", extract: duckDbExtract("one-pass"), ...database },
  {
    name: "one index date after the other",
    extract: duckDbExtract("per-date"),
    ...database,
    isDateByDate: true,
  },
];
