/** What people who check outputs look for in measures, besides what can be worked out from them. */
import type { PublishedTable } from "../../audit/describe/published-table.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { floatText } from "../../base/value-types.ts";
import { isAreaCode } from "./area-codes.ts";
import { MOST_BYTES, MOST_ROWS } from "./checker-limits.ts";
import { roundingFault } from "./rounded-numbers.ts";

export interface Finding {
  readonly file: string;
  /** In words, with row and column, and no number of the file. */
  readonly says: string;
}

export function textOfFinding({ file, says }: Finding): string {
  return `${file}: ${says}`;
}

/** What is said of them, each once, with the files it is said of. */
export function groupedBySays(
  findings: readonly Finding[],
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { file, says } of findings) {
    const files = groups.get(says) ?? [];
    groups.set(says, files);
    files.push(file);
  }
  return groups;
}

/** One line of the list that is gone through. */
export interface ReleaseCheck {
  readonly asks: string;
  /** Nothing is released while one is left. */
  readonly findings: readonly string[];
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
  /** Columns of which neither the study nor the context says what they mean; null where the study says nothing at all. */
  readonly untold: readonly string[] | null;
}

export interface MeasureChecks {
  /** One for each line of the list, met or not. */
  readonly lines: readonly CheckedLine[];
  readonly warnings: readonly Finding[];
}

export interface CheckedLine {
  readonly asks: string;
  readonly refused: readonly Finding[];
}

/** Of one file what is against it. */
type Check = (file: FileToRelease, small: number) => readonly Finding[];

const LINES: readonly (readonly [asks: string, check: Check])[] = [
  ["The study or the context says what each column means", untoldOf],
  [`Measures are csv, of at most ${groupedDigits(MOST_ROWS)} rows and 16 MiB`, formOf],
  ["Every number is rounded to 5 and at least 8, or to the middle of six, or 0", numbersOf],
  ["Every value is the ratio of the numbers shown beside it, and of enough people", ratiosOf],
  ["No column names practices or areas smaller than a region", placesOf],
];

export function packChecks(files: readonly FileToRelease[], small: number): MeasureChecks {
  return {
    lines: LINES.map(([asks, check]) => ({
      asks,
      refused: files.flatMap((each) => check(each, small)),
    })),
    warnings: files.flatMap((each) => [...unseenOf(each), ...namesOf(each), ...sharesOf(each)]),
  };
}

/** A quarter of what checkers send back lacks context. */
function untoldOf({ file, untold }: FileToRelease): readonly Finding[] {
  if (untold === null) {
    return [{ file, says: "nothing says what its columns mean: run generate_measures again" }];
  }
  return untold.map((name) => ({
    file,
    says: `column ${name} is not of the study, and the context does not say what it means`,
  }));
}

function formOf({ file, bytes, tables }: FileToRelease): readonly Finding[] {
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  return [
    ...(file.endsWith(".csv") ? [] : [{ file, says: "is not csv: checkers cannot read it" }]),
    ...(rows > MOST_ROWS ? [{ file, says: `has more than ${MOST_ROWS} rows` }] : []),
    ...(bytes > MOST_BYTES ? [{ file, says: "is larger than 16 MiB" }] : []),
  ];
}

function placesOf({ file, areas, tables }: FileToRelease): readonly Finding[] {
  const labels = tables.flatMap((table) => table.labels);
  const coded = labels.filter(({ texts }) => texts.some(isAreaCode)).map(({ name }) => name);
  return [...new Set([...areas, ...coded])].map((name) => ({
    file,
    says: `column ${name} names practices or areas smaller than a region`,
  }));
}

/** By the numbers themselves: what the study says counts only where it does not round, and they look as if it did. */
function numbersOf({ file, tables }: FileToRelease): readonly Finding[] {
  const isRounded = tables.every(({ measure }) => measure.rule.rounding.kind !== "none");
  const names = [...new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  return names.flatMap((name) => {
    const numbers = tables.flatMap(
      ({ columns }) => columns.find((each) => each.name === name)?.numbers ?? [],
    );
    const shown = numbers.filter((number) => number !== null);
    const fault = roundingFault(shown) ?? (isRounded ? null : byChance(shown));
    return fault === null ? [] : [{ file, says: `column ${name} ${fault}` }];
  });
}

function byChance(shown: readonly number[]): string | null {
  return shown.some((number) => number !== 0)
    ? "looks rounded by chance: its measure is not"
    : null;
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
