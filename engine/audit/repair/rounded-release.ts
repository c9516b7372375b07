/** The files of a release as they would be printed if all of its measures were rounded, as far as what they print now tells that. */
import type { MeasureTable } from "../../measures/measure-table.ts";
import { POPULATION } from "../../measures/measure-spec.ts";
import { roundCounts } from "../../measures/publishable.ts";
import { suppress } from "../../measures/suppress.ts";
import { formatMeasure } from "../../measures/write-measure.ts";
import { csvRows } from "../../text/csv-rows.ts";
import type { PublishedMeasure, PublishedRounding, Release } from "../describe/description.ts";
import { publishedTables } from "../describe/published-table.ts";
import type { PublishedTable } from "../describe/published-table.ts";
import { hiddenNumbers } from "./hidden-numbers.ts";
import type { Range } from "./hidden-numbers.ts";
import type { RoundingRun } from "./repairs-file.ts";

/** Null where that is not told: numbers that are rounded already, files of other programs, blanks that can be of two kinds. */
export function roundedRelease(release: Release, run: RoundingRun): Release | null {
  // Beside other columns the population is a column of its own.
  const isPlain = ({ rule, group_by: keys }: PublishedMeasure): boolean =>
    rule.isOurs &&
    rule.rounding.kind === "none" &&
    !(keys !== null && keys.length > 1 && keys.includes(POPULATION));
  if (!release.measures.every(isPlain)) return null;
  const measures = release.measures.map((measure) => ({
    ...measure,
    rule: { ...measure.rule, rounding: roundingOf(run), threshold: thresholdOf(measure, run) },
  }));
  const tables = publishedTables(release);
  const totals = totalsOf(tables);
  const files: Record<string, string> = {};
  for (const table of tables) {
    const text = roundedText(table, run, totals);
    if (text === null) return null;
    const [header = "", ...rows] = csvRows(text).map((row) => row.text);
    const before = files[table.file] ?? `${header},date\n`;
    files[table.file] = before + rows.map((row) => `${row},${table.date}\n`).join("");
  }
  return { ...release, measures, files: { ...release.files, ...files } };
}

function roundingOf({ rounding }: RoundingRun): PublishedRounding {
  return rounding === "midpoint6" ? { kind: rounding } : { kind: "multiple", of: rounding.to };
}

/** Never lower than it is. */
export function thresholdOf({ rule }: PublishedMeasure, { threshold }: RoundingRun): number | null {
  return threshold === undefined ? rule.threshold : Math.max(threshold, rule.threshold ?? 0);
}

type Totals = ReadonlyMap<string, Range>;

/** By date and column, of tables of one row. */
function totalsOf(tables: readonly PublishedTable[]): Totals {
  const totals = new Map<string, Range>();
  for (const { rows, labels, columns, date, measure } of tables) {
    if (rows.length !== 1 || labels.length > 0) continue;
    for (const { name, numbers, hasThreshold, withheld } of columns) {
      const [number = null] = numbers;
      const isSmall = number === null && hasThreshold && withheld.size === 0;
      const most = isSmall ? (measure.rule.threshold ?? Infinity) : Infinity;
      totals.set(`${date} ${name}`, { lo: number ?? 0, hi: number ?? most });
    }
  }
  return totals;
}

function roundedText(table: PublishedTable, run: RoundingRun, totals: Totals): string | null {
  const { measure, rows, labels, columns } = table;
  const numbers = columns.map((column) => {
    const total = totals.get(`${table.date} ${column.name}`) ?? { lo: 0, hi: Infinity };
    const now = column.hasThreshold ? measure.rule.threshold : null;
    const wanted = column.hasThreshold ? thresholdOf(measure, run) : null;
    return hiddenNumbers(column, { now, wanted, total });
  });
  if (numbers.includes(null)) return null;
  const places = Uint32Array.from(rows.keys());
  const counted: MeasureTable = {
    measure: { ...measure, small_number_suppression: false },
    labels: labels.map(({ name, texts }) => ({ name, values: texts, places })),
    rows: rows.length,
    columns: columns.map(({ name, texts }, at) => ({
      ...{ name, values: numbers[at] ?? new Float64Array() },
      whole: !texts.some((text) => text.includes(".")),
    })),
  };
  return [
    ...formatMeasure(roundCounts(suppress(counted, { kind: "none" }).table, run.rounding)),
  ].join("");
}
