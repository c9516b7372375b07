/** Measures of one cohort file, from a single read of it. */
import { ProblemError } from "../base/problems.ts";
import type { Problem } from "../base/problems.ts";
import type { CohortBlock, CohortReading } from "../table/cohort-reader.ts";
import { problem } from "./problems.ts";
import { openCounting, sizesOfKeys, tallyOf, keepRows } from "./counting.ts";
import type { Counting } from "./counting.ts";
import { PRODUCT_LIMIT } from "./group-numbers.ts";
import { tooMuchText } from "./label-text.ts";
import { groupKeys } from "./measure-spec.ts";
import type { Marking } from "./mark-cohort.ts";
import type { MeasureSpec } from "./measure-spec.ts";
import type { MeasureTable } from "./measure-table.ts";
import { observe } from "./running-sum.ts";
import { tableMaker } from "./table-maker.ts";
import { addBlock, rowsShown } from "./tally.ts";
import type { Tally } from "./tally.ts";

/**
 * One unsuppressed table per measure, in their order. `reading` must be of `wantedColumns(measures)`;
 * it is read once. Sums leave missing values out. Problems: measure-too-many-groups and
 * measure-too-much-text, for every such measure; `file` names the cohort file in them. `marking` sees what is read.
 */
export async function aggregate(
  reading: CohortReading,
  measures: readonly MeasureSpec[],
  file: string,
  marking: Marking | null = null,
): Promise<readonly MeasureTable[]> {
  const counting = openCounting(measures);
  for await (const block of reading.blocks) {
    count(counting, block, reading.dictionaries);
    marking?.add(block, counting.seen);
    // Some measure is refused whatever follows; its words would only fill the memory.
    if (reading.dictionaries.some(({ length }) => length > PRODUCT_LIMIT)) break;
  }
  const { dictionaries } = reading;
  return tablesOf(counting, { dictionaries, measures, file, withheld: new Map() });
}

interface Counted {
  readonly dictionaries: CohortReading["dictionaries"];
  readonly measures: readonly MeasureSpec[];
  readonly file: string;
  /** What was not counted, since it has too many groups: how many values each of its keys has. */
  readonly withheld: ReadonlyMap<Tally, readonly number[]>;
}

/** The tables of what has been counted. Problems: those of `aggregate`. */
export function tablesOf(counting: Counting, counted: Counted): readonly MeasureTable[] {
  const { dictionaries, measures, file } = counted;
  const problems = measures.flatMap((measure) => tooManyGroups(counting, measure, counted));
  if (problems.length > 0) throw new ProblemError(problems);
  const tables = measures.map(tableMaker(counting, dictionaries));
  const tooLong = tables.flatMap((table) => tooMuchText(table, file));
  if (tooLong.length > 0) throw new ProblemError(tooLong);
  return tables;
}

function count(
  { seen, tallies, patients }: Counting,
  block: CohortBlock,
  dictionaries: CohortReading["dictionaries"],
): void {
  seen.forEach((column, position) => {
    const values = block.numbers[position];
    if (values !== undefined)
      observe(column, values, block.rows, block.nonZero?.[position] ?? null);
  });
  for (const tally of tallies.values()) {
    addBlock(tally, block, sizesOfKeys(tally, dictionaries), seen);
  }
  if (patients !== null) keepRows(patients, block);
}

function tooManyGroups(
  counting: Counting,
  measure: MeasureSpec,
  { dictionaries, file, withheld }: Counted,
): Problem[] {
  const tally = tallyOf(counting, measure);
  if (tally === undefined) return [];
  const sizes = withheld.get(tally) ?? sizesOfKeys(tally, dictionaries);
  if (!withheld.has(tally) && rowsShown(tally, sizes) <= PRODUCT_LIMIT) return [];
  const keys = groupKeys(measure).map((name, place) => [name, sizes[place] ?? 0] as const);
  const groups = tally.observedOnly ? "observed" : "all";
  const facts = { measure: measure.id, file, keys, groups, limit: PRODUCT_LIMIT } as const;
  return [problem("measure-too-many-groups", facts)];
}
