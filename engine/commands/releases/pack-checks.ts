/** What people who check outputs look for in measures, besides what can be worked out from them. */
import type { PublishedTable } from "../../audit/describe/published-table.ts";
import { floatText } from "../../base/value-types.ts";
import { MOST_BYTES, MOST_ROWS } from "./checker-limits.ts";

export interface Finding {
  readonly file: string;
  /** In words, with row and column, and no number of the file. */
  readonly says: string;
}

export interface PackChecks {
  /** Nothing is released while one is left. */
  readonly refused: readonly Finding[];
  /** For the person who checks. */
  readonly warnings: readonly Finding[];
}

export interface FileToRelease {
  readonly file: string;
  readonly bytes: number;
  readonly tables: readonly PublishedTable[];
  /** Groups that name a practice, or where people live more closely than a region. */
  readonly areas: readonly string[];
  /** Columns whose numbers are not in the tables. */
  readonly leftOut: readonly string[];
  /** Whether it is known what the study asks for in its columns. */
  readonly isTold: boolean;
}

/** Of numbers rounded to 5, and of those in the middle of six. */
const LEAST = { five: 8, six: 3 } as const;

export function packChecks(files: readonly FileToRelease[], small: number): PackChecks {
  const found = files.map((each) => ({
    refused: [
      ...untold(each),
      ...formOf(each),
      ...placesOf(each),
      ...numbersOf(each),
      ...ratiosOf(each, small),
    ],
    warnings: [...unseenOf(each), ...namesOf(each), ...sharesOf(each)],
  }));
  return {
    refused: found.flatMap(({ refused }) => refused),
    warnings: found.flatMap(({ warnings }) => warnings),
  };
}

/** A quarter of what checkers send back lacks context. */
function untold({ file, isTold }: FileToRelease): readonly Finding[] {
  return isTold
    ? []
    : [{ file, says: "nothing says what its columns mean: run generate_measures again" }];
}

function formOf({ file, bytes, tables }: FileToRelease): readonly Finding[] {
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  return [
    ...(file.endsWith(".csv") ? [] : [{ file, says: "is not csv: checkers cannot read it" }]),
    ...(rows > MOST_ROWS ? [{ file, says: `has more than ${MOST_ROWS} rows` }] : []),
    ...(bytes > MOST_BYTES ? [{ file, says: "is larger than 16 MiB" }] : []),
  ];
}

function placesOf({ file, areas }: FileToRelease): readonly Finding[] {
  return areas.map((name) => ({
    file,
    says: `column ${name} names practices or areas smaller than a region`,
  }));
}

/** By the numbers themselves, and not by what the study says. */
function numbersOf({ file, tables }: FileToRelease): readonly Finding[] {
  const names = [...new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  return names.flatMap((name) => {
    const numbers = tables.flatMap(
      ({ columns }) => columns.find((each) => each.name === name)?.numbers ?? [],
    );
    const shown = numbers.flatMap((number) => (number === null || number === 0 ? [] : [number]));
    const roundedTo = roundingOf(shown);
    if (roundedTo === null) {
      return [
        { file, says: `column ${name} is not rounded: neither to 5 nor to the middle of six` },
      ];
    }
    const least = shown.reduce((low, number) => Math.min(low, number), Infinity);
    if (least >= LEAST[roundedTo]) return [];
    return [{ file, says: `column ${name} shows a number below ${LEAST[roundedTo]}` }];
  });
}

function roundingOf(numbers: readonly number[]): "five" | "six" | null {
  if (numbers.every((number) => number % 6 === 3)) return "six";
  return numbers.every((number) => number % 5 === 0) ? "five" : null;
}

function ratiosOf({ file, tables, leftOut }: FileToRelease, small: number): readonly Finding[] {
  return tables.flatMap(({ columns, values, rows, measure }) => {
    const below = columns[measure.numerator === measure.denominator ? 0 : 1];
    return rows.flatMap((row, at): readonly Finding[] => {
      const [n, d] = [columns[0]?.numbers[at] ?? NaN, below?.numbers[at] ?? NaN];
      const isSmall = d > 0 && d < small;
      return [
        ...(leftOut.length > 0 || values[at] === floatText(n / d)
          ? []
          : [{ file, says: `row ${row}: value is not the ratio of the numbers shown beside it` }]),
        ...(isSmall ? [{ file, says: `row ${row}: a ratio of fewer than ${small} people` }] : []),
      ];
    });
  });
}

function unseenOf({ file, leftOut }: FileToRelease): readonly Finding[] {
  return leftOut.map((name) => ({
    file,
    says: `column ${name} has sums that are not whole: nobody checked them`,
  }));
}

function namesOf({ file, tables }: FileToRelease): readonly Finding[] {
  const [first] = tables;
  if (first?.measure.rule.rounding.kind !== "midpoint6") return [];
  const plain = first.columns.filter(({ name }) => !name.endsWith("_midpoint6"));
  return plain.map(({ name }) => ({
    file,
    says: `column ${name} is rounded to the middle of six and not named ${name}_midpoint6`,
  }));
}

/** Nobody or everybody of a group: true of each of its patients. */
function sharesOf({ file, tables }: FileToRelease): readonly Finding[] {
  const whole = tables.flatMap(({ values, rows }) =>
    rows.filter((_, at) => values[at] === "0.0" || values[at] === "1.0"),
  );
  if (whole.length === 0) return [];
  const shown = whole.slice(0, 10).join(", ");
  const more = whole.length > 10 ? ` and ${whole.length - 10} more` : "";
  return [{ file, says: `0 % or 100 % in rows ${shown}${more}` }];
}
