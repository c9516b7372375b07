/**
 * Whether a table of true numbers would be published exactly as the files are. Shares nothing with what found the
 * numbers: it publishes them again by the rules themselves, and adds them up again from the labels alone.
 */
import { floatText } from "../../base/value-types.ts";
import type { MeasureTable } from "../../measures/measure-table.ts";
import { roundCounts, roundedCount } from "../../measures/publishable.ts";
import { hideSmall, suppress } from "../../measures/suppress.ts";
import { formatMeasure } from "../../measures/write-measure.ts";
import { csvRows } from "../../text/csv-rows.ts";
import type { Attacker, Description } from "../describe/description.ts";
import type { PrintedColumn } from "../describe/published-table.ts";
import { addUpAlike, agrees, isWithin } from "./fits-together.ts";
import type { Witness, WitnessTable } from "./witness.ts";

/** `accepted` was accepted before: tables of it are checked against others only, and not against one another. */
export function acceptsWitness(
  description: Description,
  attacker: Attacker,
  witness: Witness,
  accepted: Witness = [],
): boolean {
  const old = new Set(accepted);
  const fresh = witness.filter((each) => !old.has(each));
  const fits = (a: WitnessTable, b: WitnessTable): boolean =>
    addUpAlike(description, a, b) && isWithin(description, a, b);
  return (
    fresh.every((each) => isWhole(each) && isPublishedAlike(each, attacker)) &&
    fresh.every((each) => description.known.every((known) => agrees(each, known))) &&
    fresh.every((a) => witness.every((b) => fits(a, b) && fits(b, a)))
  );
}

function isWhole({ table, columns }: WitnessTable): boolean {
  const isGood = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
  return table.columns.every(({ name }) => {
    const numbers = columns.get(name) ?? [];
    return numbers.length === table.rows.length && numbers.every(isGood);
  });
}

function isPublishedAlike(each: WitnessTable, attacker: Attacker): boolean {
  const { rule } = each.table.measure;
  if (rule.isOurs && attacker === "rules") return isOurText(each);
  return (
    each.table.columns.every((column) => isForeignText(each, column, attacker)) && ratiosHold(each)
  );
}

/** Through the very functions that write measure files. */
function isOurText(each: WitnessTable): boolean {
  const { table, columns } = each;
  const { threshold, rounding } = table.measure.rule;
  const places = Uint32Array.from(table.rows.keys());
  const counted: MeasureTable = {
    measure: { ...table.measure, small_number_suppression: false },
    labels: table.labels.map(({ name, texts }) => ({ name, values: texts, places })),
    rows: table.rows.length,
    columns: table.columns.map(({ name, texts }) => ({
      name,
      whole: !texts.some((text) => text.includes(".")),
      values: Float64Array.from(columns.get(name) ?? []),
    })),
  };
  const policy =
    threshold === null
      ? ({ kind: "none" } as const)
      : ({ kind: "small-numbers", threshold } as const);
  const hidden = suppress(counted, policy).table;
  const to =
    rounding.kind === "multiple"
      ? { to: rounding.of }
      : rounding.kind === "midpoint6"
        ? "midpoint6"
        : "none";
  const [, ...rows] = csvRows([...formatMeasure(roundCounts(hidden, to))].join("")).map((row) =>
    row.cells(),
  );
  const isAlike = rows.every((cells, at) =>
    [...table.labels, ...table.columns].every(({ texts }, column) => cells[column] === texts[at]),
  );
  const printed = rows.map((cells) => cells.at(-1) ?? "");
  return isAlike && (printed.every((text, at) => text === table.values[at]) || ratiosHold(each));
}

function isForeignText(
  { table, columns }: WitnessTable,
  column: PrintedColumn,
  attacker: Attacker,
): boolean {
  const { rule } = table.measure;
  const threshold = column.hasThreshold ? (rule.threshold ?? 0) : 0;
  const numbers = Float64Array.from(columns.get(column.name) ?? []);
  const isFree = rule.as === "withheld" || attacker === "sums";
  const shown = rule.secondary
    ? hideSmall(numbers, threshold).values
    : numbers.map((value) => (value > 0 && value <= threshold ? NaN : value));
  return column.numbers.every((printed, at) => {
    const value = numbers[at] ?? NaN;
    if (printed === null) return isFree || Number.isNaN(shown[at]);
    if (printed === 0 && rule.as === "zero" && value <= threshold) return true;
    if (Number.isNaN(shown[at]) && !isFree) return false;
    if (rule.rounding.kind === "within") return Math.abs(value - printed) <= rule.rounding.most;
    if (rule.rounding.kind === "none") return value === printed;
    return (
      roundedCount(
        value,
        rule.rounding.kind === "midpoint6" ? "midpoint6" : { to: rule.rounding.of },
      ) === printed
    );
  });
}

/** A printed value that is no ratio of the numbers beside it must be one of the true numbers. */
function ratiosHold({ table, columns }: WitnessTable): boolean {
  const { numerator, denominator, rule } = table.measure;
  const printedOf = (name: string, at: number): number =>
    table.columns.find((column) => column.name === name)?.numbers[at] ?? NaN;
  return table.values.every((text, at) => {
    if (text === "" || !/^[0-9.e-]+$/.test(text)) return true;
    const isShown = text === floatText(printedOf(numerator, at) / printedOf(denominator, at));
    if (rule.value.from === "shown" && isShown) return true;
    const ratio = (columns.get(numerator)?.[at] ?? NaN) / (columns.get(denominator)?.[at] ?? NaN);
    const { decimals } = rule.value;
    return (
      Math.abs(ratio - Number(text)) <= (decimals === null ? 0 : 0.5 * 10 ** -decimals + 1e-12)
    );
  });
}
