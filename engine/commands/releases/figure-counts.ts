/** Numbers of patients in tables that are drawn from measures: they are rounded as those of measures are. */
import type { TextColumn } from "../../release/text-column.ts";
import { textColumns } from "../../release/text-columns.ts";
import { roundingFault } from "./rounded-numbers.ts";

export interface FigureCounts {
  readonly refused: readonly string[];
  /** For the person who checks. */
  readonly warnings: readonly string[];
}

/** What people call a number of patients or events. */
const COUNTS: ReadonlySet<string> = new Set([
  ...["n", "count", "counts", "number", "total", "frequency", "freq", "patients", "people"],
  ...["events", "cases", "numerator", "denominator", "population", "list size"],
]);

/** What counts nobody. */
const NO_COUNTS =
  /^(?:unnamed|index|row|id|rank|order)?$|year|month|week|day|date|quarter|time|age|decile|centile|quantile|quintile|imd|bin|threshold/i;

/** Columns shown in a message at most. */
const MOST_TOLD = 10;

/** `counted` are the columns that the measures under it count. */
export function figureCounts(
  { type, text }: { readonly type: string; readonly text: string },
  counted: readonly string[],
): FigureCounts {
  const names = new Set([...COUNTS, ...counted.map(plain)]);
  const columns = textColumns(type, text).flatMap(countsIn);
  const isNamed = ({ name }: Counts): boolean => names.has(plain(name));
  const refused = columns.filter(isNamed).flatMap(({ name, numbers }) => {
    const fault = roundingFault(numbers);
    return fault === null ? [] : [`column ${name} ${fault}`];
  });
  const doubtful = columns
    .filter((each) => !isNamed(each) && !NO_COUNTS.test(plain(each.name)))
    .filter(({ numbers }) => roundingFault(numbers) !== null)
    .map(({ name }) => name);
  const told = [...new Set(doubtful)].slice(0, MOST_TOLD);
  return {
    refused: [...new Set(refused)],
    warnings:
      told.length === 0
        ? []
        : [`whole numbers that are not rounded are in ${told.join(", ")}: are they counts?`],
  };
}

interface Counts {
  readonly name: string;
  readonly numbers: readonly number[];
}

/** Of a column of whole numbers, with blanks or marks where some are hidden. A first row without a name holds values. */
function countsIn({ name, values }: TextColumn): readonly Counts[] {
  if (name === null || !/^[\p{L}_%#][^\n]{0,60}$/u.test(name)) return [];
  const filled = values.map((value) => value.trim()).filter((value) => !HIDDEN.test(value));
  if (filled.length === 0 || !filled.every((value) => WHOLE.test(value))) return [];
  return [{ name, numbers: filled.map((value) => Number(value.replaceAll(",", ""))) }];
}

const HIDDEN = /^(?:|\*|-|–|—|nan|na|null|none|redacted|\[redacted\])$/i;
const WHOLE = /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.0*)?$/;

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/_midpoint6$/, "")
    .replace(/[_\s]+/g, " ")
    .trim();
}
