/** Measures of a cohort that was counted in groups where it is, so that a row stands for many patients. */
import { floatText } from "../base/value-types.ts";
import { noValuesYet } from "./running-sum.ts";
import type { CohortBlock } from "../table/cohort-reader.ts";
import type { GroupRows, GroupsWanted } from "../table/cohort-groups.ts";
import type { ColumnValues } from "../table/cohort-schema.ts";
import { mustBeLabel, mustFit } from "../table/csv/text-limits.ts";
import { tablesOf } from "./aggregate.ts";
import { openCounting, sizesOfKeys } from "./counting.ts";
import { PRODUCT_LIMIT } from "./group-numbers.ts";
import { wantedColumns } from "./measure-spec.ts";
import type { MeasureSpec } from "./measure-spec.ts";
import type { MeasureTable } from "./measure-table.ts";
import { addBlock } from "./tally.ts";
import type { Tally } from "./tally.ts";

/** Each set once, whatever the order in which measures name its columns. Of everybody always, for their number. */
export function groupsNeeded(measures: readonly MeasureSpec[]): GroupsWanted {
  const { texts: keys, numbers } = wantedColumns(measures);
  const sets = new Map<string, readonly number[]>([["", []]]);
  for (const { keys: used } of openCounting(measures).tallies.values()) {
    sets.set(nameOf(used), ascending(used));
  }
  return { keys, numbers, sets: [...sets.values()], most: PRODUCT_LIMIT };
}

export interface CountedCohort {
  readonly patients: number;
  readonly tables: readonly MeasureTable[];
}

/**
 * `groups` are in the order of the sets. Problems: those of `aggregate`, and of labels that a cohort file is not read
 * with: text-too-long, too-much-text; `name` is the cohort's in them.
 */
export function measureGroups(
  groups: readonly GroupRows[],
  measures: readonly MeasureSpec[],
  name: string,
): CountedCohort {
  const counting = openCounting(measures);
  const { sets, keys } = groupsNeeded(measures);
  const numeric = new Set(counting.wanted.numbers);
  const labels = keys.map((key) => labelsOf(numeric.has(key), { file: name, column: key }));
  const at = new Map(sets.map((set, place) => [nameOf(set), place] as const));
  const blocks = sets.map((set, place) => blockOf(set, groups[place], labels));
  // A row is a sum already: it is taken as it is.
  const seen = counting.wanted.numbers.map(() => ({ ...noValuesYet(), whole: false }));
  const dictionaries = labels.map(({ texts }) => texts);
  const withheld = new Map<Tally, readonly number[]>();
  for (const tally of counting.tallies.values()) {
    const place = at.get(nameOf(tally.keys)) ?? 0;
    const [block, values] = [blocks[place], groups[place]?.tooMany ?? null];
    if (values !== null) withheld.set(tally, inOrderOf(tally, values));
    else if (block !== undefined && block.rows > 0) {
      addBlock(tally, block, sizesOfKeys(tally, dictionaries), seen);
    }
  }
  const patients = groups[0]?.patients[0] ?? 0;
  const counted = { dictionaries, measures, file: name, withheld };
  return { patients, tables: tablesOf(counting, counted) };
}

/** The same in whatever order keys are named. */
function nameOf(keys: readonly number[]): string {
  return ascending(keys).join();
}

function ascending(keys: readonly number[]): readonly number[] {
  return [...keys].sort((a, b) => a - b);
}

/** Values of the keys in the order of the set as the tally names them. */
function inOrderOf({ keys }: Tally, values: readonly number[]): readonly number[] {
  const set = ascending(keys);
  return keys.map((key) => values[set.indexOf(key)] ?? 0);
}

function blockOf(
  set: readonly number[],
  groups: GroupRows | undefined,
  labels: readonly Labels[],
): CohortBlock {
  const { rows = 0, keys = [], patients = new Float64Array(), sums = [] } = groups ?? {};
  const codes: Uint32Array[] = labels.map(() => new Uint32Array(0));
  set.forEach((key, place) => {
    const [column, label] = [keys[place], labels[key]];
    if (column !== undefined && label !== undefined) codes[key] = label.codesOf(column, rows);
  });
  return { rows, numbers: sums, codes, patients };
}

interface Labels {
  /** In order of first appearance. */
  readonly texts: string[];
  readonly codesOf: (column: ColumnValues, rows: number) => Uint32Array;
}

function labelsOf(
  asNumber: boolean,
  place: { readonly file: string; readonly column: string },
): Labels {
  const texts: string[] = [];
  const known = new Map<string, number>();
  let bytes = 0;
  const codeOf = (text: string): number => {
    const code = known.get(text);
    if (code !== undefined) return code;
    mustBeLabel(text, () => ({ ...place, row: null }));
    bytes += Buffer.byteLength(text);
    mustFit(bytes, () => place);
    known.set(text, texts.length);
    return texts.push(text) - 1;
  };
  const codesOf = (column: ColumnValues, rows: number): Uint32Array => {
    const text = labelTexts(column, asNumber);
    return Uint32Array.from({ length: rows }, (_, row) => codeOf(text(row)));
  };
  return { texts, codesOf };
}

/** The text that the column has in a cohort file; of a column that some measure adds up, that of a number. */
export function labelTexts(
  column: ColumnValues | undefined,
  asNumber: boolean,
): (row: number) => string {
  if (column === undefined) return () => "";
  if (column.type === "str") return (row) => column.values[column.codes[row] ?? 0] ?? "";
  if (column.type === "date") throw new Error("a date comes as the text that files show");
  const { type, values } = column;
  return (row) => {
    const value = values[row] ?? 0;
    if (asNumber) return floatText(value === 0 ? 0 : value);
    return type === "float" ? floatText(value) : String(value);
  };
}
