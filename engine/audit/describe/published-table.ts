/** Measure files taken apart into what each printed. */
import { parseIsoDate } from "../../base/dates.ts";
import { POPULATION } from "../../measures/measure-spec.ts";
import type { WithheldFigure } from "../../measures/measure-spec.ts";
import { fail } from "../problems.ts";
import type { PublishedMeasure, Release } from "./description.ts";
import { mergedColumn, nameOfMerged } from "./merged-columns.ts";
import type { MergedColumn } from "./merged-columns.ts";
import { isHiddenText, isValue, oddlyPrinted, wholeWords } from "./printed-cell.ts";
import { refuseTwice, rowsOfFile } from "./rows-of-file.ts";
import { SharedColumns } from "./shared-columns.ts";

/** One date of one measure file. */
export interface PublishedTable {
  readonly release: Release;
  readonly measure: PublishedMeasure;
  readonly file: string;
  readonly date: string;
  /** Tables of the same study and data are about the same patients at one date. */
  readonly data: string;
  /** Of the file, from 1 below the header. */
  readonly rows: readonly number[];
  /** Columns of labels, without `population`; each has a label for each row. */
  readonly labels: readonly {
    /** Of a column with merged labels, the one that it is for the model. */
    readonly name: string;
    readonly texts: readonly string[];
    /** Present where labels of it are merged. */
    readonly of?: MergedColumn;
  }[];
  /** Numerator, denominator unless it is the same, and `population` where it stands beside them. */
  readonly columns: readonly PrintedColumn[];
  /** As printed; "" where there is none. */
  readonly values: readonly string[];
}

export interface PrintedColumn {
  readonly name: string;
  /** As printed. */
  readonly texts: readonly string[];
  /** Null where the number is hidden. */
  readonly numbers: readonly (number | null)[];
  /** Whether small numbers are hidden in it: not in `population` shown beside others. */
  readonly hasThreshold: boolean;
  /** Places of what a repair has left blank. */
  readonly withheld: ReadonlySet<number>;
}

/**
 * Tables in the order of measures, dates and files; one with a row per patient is left out. Problems:
 * audit-file-missing, audit-file-columns, audit-file-cell, and those of `rowsOfFile` and `refuseTwice`.
 */
export function publishedTables(release: Release): readonly PublishedTable[] {
  const shared = new SharedColumns();
  return release.measures.flatMap((measure) =>
    isPatientLevel(measure) ? [] : tablesOf(release, measure, shared),
  );
}

export function isPatientLevel({ group_by: keys }: PublishedMeasure): boolean {
  return keys === null || keys.length === 0;
}

/** A total of printed rows says nothing that they do not say; one that is no such total is taken as it stands. */
export function isDerived(
  { measure, date, columns, release }: PublishedTable,
  tables: readonly PublishedTable[],
): boolean {
  const { derived } = measure.rule;
  if (derived === null) return false;
  const source = tables.find(
    (t) => t.measure.id === derived && t.date === date && t.release === release,
  );
  return columns.every(({ name, numbers }) => {
    const rows = source?.columns.find((each) => each.name === name)?.numbers ?? [];
    const sum = rows.reduce<number>((all, each) => all + (each ?? 0), 0);
    return numbers.length === 1 && numbers[0] === sum;
  });
}

export function fileOf({ id, file }: PublishedMeasure): string {
  return file ?? `measure_${id}.csv`;
}

interface Shape {
  readonly labels: number;
  readonly counted: readonly string[];
}

function shapeOf({ numerator, denominator, group_by: keys }: PublishedMeasure): Shape {
  const isEverybody = (keys ?? []).every((name) => name === POPULATION);
  const counted = [...new Set([numerator, denominator])];
  return { labels: isEverybody ? 0 : (keys ?? []).length, counted };
}

function tablesOf(
  release: Release,
  measure: PublishedMeasure,
  shared: SharedColumns,
): readonly PublishedTable[] {
  const file = fileOf(measure);
  const told = { release: release.name, file };
  const text = release.files[file];
  if (text === undefined) {
    const found = Object.keys(release.files);
    return fail("audit-file-missing", { ...told, measure: measure.id, found });
  }
  const { labels, counted } = shapeOf(measure);
  const [header, ...rows] = rowsOfFile({ ...told, text });
  const names = labels === 0 ? [] : (measure.group_by ?? []);
  const all = header ?? [];
  const beside = all.length === labels + counted.length + 3 && labels === 0 ? [POPULATION] : [];
  const expected = [...names, ...counted, ...beside, "value", "date"];
  if (all.join("\n") !== expected.join("\n")) fail("audit-file-columns", { ...told, expected });
  refuseTwice(told, rows, labels);
  return byDate(told, rows).map(([date, places]) => {
    if (release.dataAt !== undefined && !Object.hasOwn(release.dataAt, date))
      fail("audit-file-cell", {
        ...{ ...told, row: (places[0] ?? 0) + 1, column: "date" },
        expected: "a date of which the manifest says whose numbers they are",
      });
    const column = (name: string, at: number): readonly string[] =>
      shared.list(
        `${date} ${name}`,
        places.map((row) => shared.text(rows[row]?.[at] ?? "")),
      );
    const shown = [...counted, ...beside];
    const labelled = names.map((name, at) => {
      const of = mergedColumn(measure.merged, name);
      const texts = column(name, at);
      return of === null ? { name, texts } : { name: nameOfMerged(of), texts, of };
    });
    const labelsOf = labelled.filter(({ name }) => name !== POPULATION);
    const withheldIn = placesWithheld(measure, date, labelsOf);
    const printing = { ...told, places, measure, shared };
    const columns = shown.map((name, at) =>
      printedColumn(name, column(name, labels + at), {
        ...printing,
        hasThreshold: at < counted.length,
        withheld: withheldIn(name),
      }),
    );
    const values = places.map((row) => rows[row]?.[labels + shown.length] ?? "");
    refuseOddValues(values, columns, printing);
    return {
      ...{ release, measure, file, date, data: release.dataAt?.[date] ?? release.data },
      rows: shared.list(
        date,
        places.map((row) => row + 1),
      ),
      labels: labelsOf,
      ...{ columns, values },
    };
  });
}

/** By column, the rows in which a repair has left it blank. */
function placesWithheld(
  { withheld = [] }: PublishedMeasure,
  date: string,
  labels: PublishedTable["labels"],
): (column: string) => ReadonlySet<number> {
  const own = withheld.filter((figure) => figure.date === date);
  const keys = new Map<string, number>();
  const rows = own.length === 0 ? 0 : (labels[0]?.texts.length ?? 1);
  for (let row = 0; row < rows; row++)
    keys.set(JSON.stringify(labels.map(({ texts }) => texts[row])), row);
  const placeOf = ({ groups }: WithheldFigure): number =>
    keys.get(JSON.stringify(labels.map(({ name, of }) => groups[of?.column ?? name]))) ?? -1;
  return (column) => new Set(own.filter((each) => each.column === column).map(placeOf));
}

type Told = Readonly<Record<"release" | "file", string>>;

function byDate(
  told: Told,
  rows: readonly (readonly string[])[],
): readonly (readonly [string, readonly number[]])[] {
  const dates = new Map<string, number[]>();
  for (const [row, cells] of rows.entries()) {
    const date = cells.at(-1) ?? "";
    const found = dates.get(date);
    if (found === undefined && parseIsoDate(date) === null)
      fail("audit-file-cell", { ...told, row: row + 1, column: "date", expected: DATE_WORDS });
    if (found === undefined) dates.set(date, [row]);
    else found.push(row);
  }
  return [...dates].sort(([a], [b]) => (a < b ? -1 : 1));
}

const DATE_WORDS = "a date, YYYY-MM-DD";

interface Printing extends Told {
  readonly places: readonly number[];
  readonly measure: PublishedMeasure;
  readonly shared: SharedColumns;
}

interface PrintingColumn extends Printing {
  readonly hasThreshold: boolean;
  readonly withheld: ReadonlySet<number>;
}

function printedColumn(
  name: string,
  texts: readonly string[],
  { release, file, places, measure, shared, hasThreshold, withheld }: PrintingColumn,
): PrintedColumn {
  const { rule } = measure;
  const refuse = (at: number, expected: string): never =>
    fail("audit-file-cell", {
      ...{ release, file, column: name, expected },
      row: (places[at] ?? 0) + 1,
    });
  const numberOf = (text: string, at: number): number | null => {
    if (isHiddenText(text, rule)) return null;
    return shared.number(text) ?? refuse(at, wholeWords(rule));
  };
  const read = (): readonly (number | null)[] => {
    const all = texts.map(numberOf);
    const odd = rule.isOurs ? oddlyPrinted(texts) : null;
    return odd === null ? all : refuse(odd, "printed as cohortline prints the numbers of a column");
  };
  const numbers = rule.isOurs ? shared.numbers(texts, read) : read();
  const blank = [...withheld].filter((at) => numbers[at] === null);
  return { name, texts, numbers, hasThreshold, withheld: new Set(blank) };
}

function refuseOddValues(
  values: readonly string[],
  columns: readonly PrintedColumn[],
  { release, file, places, measure }: Printing,
): void {
  const [above, below = above] = columns.slice(
    0,
    measure.numerator === measure.denominator ? 1 : 2,
  );
  const at = values.findIndex((text, row) => {
    const ratio = [above?.numbers[row] ?? NaN, below?.numbers[row] ?? NaN] as const;
    return !isValue(text, measure.rule, ratio);
  });
  if (at < 0) return;
  const row = (places[at] ?? 0) + 1;
  fail("audit-file-cell", { release, file, row, column: "value", expected: "a ratio, or blank" });
}
