/** A random study, random records and the index dates to evaluate it at. */
import fc from "fast-check";
import { addDays, addMonths, isoDateOf, lastDayOfMonth } from "../../engine/base/dates.ts";
import type { IsoDate } from "../../engine/base/dates.ts";
import type { StudyFile } from "../../engine/definition/model.ts";
import type { Records } from "../naive/row.ts";
import type { Declared } from "../omop/declared.ts";
import { randomRecords } from "./random-records.ts";
import type { RandomStudy } from "./random-study.ts";
import { checked, randomStudy } from "./random-study.ts";
import { writtenDay } from "./random-vocabulary.ts";

export interface RandomCase {
  /** As the check accepts it; its own index date is the first of `indexDates`. */
  readonly study: StudyFile;
  readonly records: Records;
  /** One to six different days, in no order. */
  readonly indexDates: readonly IsoDate[];
  /** Text by the path that the study names. */
  readonly files: Readonly<Record<string, string>>;
  /** Of an OMOP database, where the records are in its tables. */
  readonly declared?: Declared;
}

const series =
  (next: (start: IsoDate, step: number) => IsoDate) => (start: IsoDate, count: number) =>
    Array.from({ length: count }, (_, step) => next(start, step));

const months = series(addMonths);
const weeks = series((start, step) => addDays(start, 7 * step));
const monthEnds = series((start, step) => lastDayOfMonth(addMonths(start, step)));

const start = fc.oneof(
  fc.constantFrom("2020-01-01", "2019-12-01", "2020-01-31", "2020-02-15").map(isoDateOf),
  writtenDay.map(isoDateOf),
);

const count = fc.integer({ min: 1, max: 6 });

const dateLists: fc.Arbitrary<readonly IsoDate[]> = fc.oneof(
  fc.tuple(start, count).map(([first, many]) => months(first, many)),
  fc.tuple(start, count).map(([first, many]) => weeks(first, many)),
  fc.tuple(start, count).map(([first, many]) => monthEnds(first, many)),
  fc.uniqueArray(writtenDay, { minLength: 1, maxLength: 6 }).map((days) => days.map(isoDateOf)),
);

/** In the order made, or turned round. */
export const randomIndexDates: fc.Arbitrary<readonly IsoDate[]> = fc
  .tuple(dateLists, fc.boolean())
  .map(([dates, turned]) => (turned ? [...dates].reverse() : dates));

const cell = (...values: readonly string[]) => fc.constantFrom("", ...values);

/** Lines of patients, some of whom the database does not know; each id once. */
const peopleFile = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom(1, 2, 3, 7, 11, 40, 66, 1000, 2001),
      flag: cell("0", "1"),
      visits: cell("0", "12", "-4", "007"),
      score: cell("0", ".5", "1e2", "-2.25"),
      grp: cell("7", "O'Brien", '"a,b"', '"North ""Q"""', "Z\u00fcrich"),
      seen: cell("2020-02-29", "2020-03-01", "1900-01-01", "9999-12-31"),
    }),
    { maxLength: 9, size: "max", selector: ({ id }) => id },
  )
  .map((people) => {
    const lines = people.map((each) =>
      [each.seen, each.flag, each.id, each.visits, each.score, each.grp].join(","),
    );
    return `${["seen_on,flag,patient_id,visits,score,grp", ...lines].join("\n")}\n`;
  });

const tppRecords = randomRecords.map((records) => ({ records }));

/** Only studies that the check accepts. Everything follows from the seed of fast-check. */
export function randomCase(
  asked: RandomStudy = {},
  told: fc.Arbitrary<Pick<RandomCase, "records" | "declared">> = tppRecords,
): fc.Arbitrary<RandomCase> {
  // Without the bias of fast-check towards small values, which would leave most tables all but empty.
  return fc
    .noBias(fc.tuple(randomStudy("2020-01-01", asked), told, randomIndexDates, peopleFile))
    .map(([study, records, indexDates, people]) => ({
      study: { ...study, study: { ...study.study, index_date: indexDates[0] ?? null } },
      ...records,
      indexDates,
      files: { "people.csv": people },
    }))
    .filter(({ study }) => checked(study).ok);
}
