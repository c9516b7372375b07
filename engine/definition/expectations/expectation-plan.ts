/** Which columns of a study get dummy data, of which kind, and which dates belong together. */
import type { DateFormat } from "../../base/dates.ts";
import type { CheckedColumn, CheckedStudy } from "../checked-study.ts";
import type { FunctionName } from "../function-table.ts";
import type { ExpectedColumn } from "./expectation-facts.ts";

/** What a column's dummy values are; `category` is drawn by ratios, whatever its declared type. */
export type DummyKind = "bool" | "int" | "float" | "category" | "date";

export interface PlannedColumn {
  readonly name: string;
  readonly kind: DummyKind;
  /** Of a date; null for other kinds. */
  readonly dateFormat: DateFormat | null;
  /** The `date_of` that has the dates of this column's values: the last defined, all agree. */
  readonly datedBy: string | null;
  /** The column whose dates a `date_of` has. */
  readonly datesOf: string | null;
}

/** A column that is drawn from expectations. */
export interface DrawnColumn {
  readonly column: CheckedColumn;
  /** False for a hidden column of which only the date is taken. */
  readonly valued: boolean;
  readonly dated: boolean;
  /** Whether another column is worked out from its values. */
  readonly isRead: boolean;
}

const wordsInDigits: readonly unknown[] = [
  "index_of_multiple_deprivation",
  "rural_urban_classification",
];

/** What fills itself, without expectations: constants, files, other columns. */
const selfFilled: ReadonlySet<FunctionName> = new Set<FunctionName>([
  "all",
  "fixed_value",
  "minimum_of",
  "maximum_of",
  "with_value_from_file",
  "which_exist_in_file",
  "date_of",
]);

/** What is worked out from the columns it reads where a study asks for derived dummy data. */
const derivable: ReadonlySet<FunctionName> = new Set<FunctionName>([
  "satisfying",
  "categorised_as",
]);

export function isDerived({ dummyData }: CheckedStudy, column: CheckedColumn): boolean {
  return dummyData === "derived" && derivable.has(column.function);
}

/** Which columns count as which type here. */
export function dummyKind(column: ExpectedColumn): DummyKind {
  const { type, rules } = column;
  if (type === "str") return "category";
  if (isAddressCategory(column)) return "category";
  return type === "date" && rules !== null ? "category" : type;
}

/** Categories of an address that records hold as numbers. */
export function isAddressCategory({ function: name, args }: ExpectedColumn): boolean {
  return name === "address_as_of" && wordsInDigits.includes(args["returning"]);
}

/** The visible columns in the order of the cohort file. */
export function columnPlan(study: CheckedStudy): readonly PlannedColumn[] {
  const columns = new Map(study.columns.map((column) => [column.name, column]));
  const datedBy = new Map<string, string>();
  for (const name of study.output) {
    const source = sourceOfDate(columns.get(name));
    if (source !== null) datedBy.set(source, name);
  }
  return study.output.flatMap((name) => {
    const column = columns.get(name);
    if (column === undefined) return [];
    const { dateFormat } = column;
    const kind = dummyKind(column);
    const pairs = { datedBy: datedBy.get(name) ?? null, datesOf: sourceOfDate(column) };
    return [{ name, kind, dateFormat, ...pairs }];
  });
}

/** The column whose date a `date_of` column has; null for any other function. */
export function sourceOfDate(column: CheckedColumn | undefined): string | null {
  return column?.function === "date_of" ? column.args.source : null;
}

/**
 * Names of all columns that dummy data need values of: the visible ones and, to any depth, those from
 * which a needed column is worked out: what `minimum_of` and `maximum_of` choose from, and in derived
 * dummy data what conditions ask for.
 */
export function neededColumns(study: CheckedStudy): ReadonlySet<string> {
  return new Set([...study.output, ...readColumns(study)]);
}

/** Those of them from which others are worked out. */
function readColumns(study: CheckedStudy): ReadonlySet<string> {
  const visible = new Set(study.output);
  const read = new Set<string>();
  for (const column of study.columns.toReversed()) {
    const isNeeded = visible.has(column.name) || read.has(column.name);
    if (!isNeeded || !(isAggregate(column) || isDerived(study, column))) continue;
    for (const source of column.reads) read.add(source);
  }
  return read;
}

export function isAggregate({ function: name }: Pick<CheckedColumn, "function">): boolean {
  return name === "minimum_of" || name === "maximum_of";
}

/** The columns that must have expectations, in dependency order. */
export function drawnColumns(study: CheckedStudy): readonly DrawnColumn[] {
  const needed = neededColumns(study);
  const read = readColumns(study);
  const dated = new Set(
    study.columns.flatMap((column) => {
      const source = needed.has(column.name) ? sourceOfDate(column) : null;
      return source === null ? [] : [source];
    }),
  );
  return study.columns
    .filter((column) => {
      const fillsItself = selfFilled.has(column.function) || isDerived(study, column);
      return (needed.has(column.name) || dated.has(column.name)) && !fillsItself;
    })
    .map((column) => ({
      column,
      valued: needed.has(column.name),
      dated: dated.has(column.name),
      isRead: read.has(column.name),
    }));
}
