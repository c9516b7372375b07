/** Whether true numbers of a table would be printed exactly as the table is, by the very functions that write files. */
import type { MeasureTable } from "../../measures/measure-table.ts";
import { roundCounts, roundedCount } from "../../measures/publishable.ts";
import type { PublishableTable } from "../../measures/publishable.ts";
import { hideSmall, suppress } from "../../measures/suppress.ts";
import { withhold } from "../../measures/withhold.ts";
import type { WithheldFigure } from "../../measures/measure-spec.ts";
import { formatMeasure } from "../../measures/write-measure.ts";
import { csvRows } from "../../text/csv-rows.ts";
import type { Attacker } from "../describe/description.ts";
import { trueRatio } from "../describe/printed-ratio.ts";
import type { PrintedColumn, PublishedTable } from "../describe/published-table.ts";

/** True numbers of each column of the table, one for each row. */
export type TrueNumbers = readonly Float64Array[];

/** Numbers that were once found to be printed as the table is. */
const numbersAlike = new WeakMap<PublishedTable, TrueNumbers>();

/** What such numbers are published as: what is published the same has the same text. */
const shownAlike = new WeakMap<PublishedTable, TrueNumbers>();

export function isPublishedAlike(
  table: PublishedTable,
  numbers: TrueNumbers,
  attacker: Attacker,
): boolean {
  if (table.measure.rule.isOurs && attacker === "rules") return isOurText(table, numbers);
  const isAlike = table.columns.every((column, at) =>
    isForeignText(table, column, numbers[at] ?? new Float64Array(), attacker),
  );
  return isAlike && ratiosHold(table, numbers);
}

function isOurText(table: PublishedTable, numbers: TrueNumbers): boolean {
  if (areSame(numbersAlike.get(table), numbers)) return true;
  if (!hasOurText(table, numbers)) return false;
  numbersAlike.set(table, numbers);
  return true;
}

function areSame(before: TrueNumbers | undefined, numbers: TrueNumbers): boolean {
  if (before?.length !== numbers.length) return false;
  return before.every((own, at) => areSameNumbers(own, numbers[at] ?? new Float64Array()));
}

function areSameNumbers(own: Float64Array, others: Float64Array): boolean {
  if (own === others) return true;
  for (let row = 0; row < own.length; row++) if (!Object.is(own[row], others[row])) return false;
  return own.length === others.length;
}

function hasOurText(table: PublishedTable, numbers: TrueNumbers): boolean {
  const shown = published(table, numbers);
  if (shown === null) return false;
  const values = shown.columns.map((column) => column.values);
  if (areSame(shownAlike.get(table), values)) return true;
  const [, ...pieces] = formatMeasure(shown);
  const text = pieces.join("");
  // Without quotes it can be read in one way only.
  if (text.includes('"') || text !== printedText(table))
    return isAlikeButForValues(table, numbers, text);
  shownAlike.set(table, values);
  return true;
}

/** Without the date, and without quotes. */
function printedText({ labels, columns, values, rows }: PublishedTable): string {
  const all = [...labels, ...columns];
  let text = "";
  for (let at = 0; at < rows.length; at++) {
    for (const { texts } of all) text += `${texts[at] ?? ""},`;
    text += `${values[at] ?? ""}\n`;
  }
  return text;
}

/** A value can tell another ratio than that of the numbers beside it. */
function isAlikeButForValues(table: PublishedTable, numbers: TrueNumbers, text: string): boolean {
  const rows = csvRows(text).map((row) => row.cells());
  const columns = [...table.labels, ...table.columns];
  const isAlike = rows.every((cells, at) =>
    columns.every(({ texts }, column) => cells[column] === texts[at]),
  );
  if (!isAlike || rows.length !== table.rows.length) return false;
  return rows.every((cells, at) => cells.at(-1) === table.values[at]) || ratiosHold(table, numbers);
}

/** Null where a repair cannot have left blank what it did, because that would have been hidden anyway. */
function published(table: PublishedTable, numbers: TrueNumbers): PublishableTable | null {
  const { threshold, rounding } = table.measure.rule;
  const { labels, whole } = formOf(table);
  const counted: MeasureTable = {
    measure: { ...table.measure, small_number_suppression: false },
    labels,
    rows: table.rows.length,
    columns: table.columns.map(({ name }, at) => ({
      name,
      whole: whole[at] ?? false,
      values: numbers[at] ?? new Float64Array(),
    })),
  };
  const policy =
    threshold === null
      ? ({ kind: "none" } as const)
      : ({ kind: "small-numbers", threshold } as const);
  const { table: hidden } = suppress(counted, policy);
  const to =
    rounding.kind === "multiple"
      ? { to: rounding.of }
      : rounding.kind === "midpoint6"
        ? "midpoint6"
        : "none";
  return withhold(roundCounts(hidden, to), withheldIn(table));
}

/** What is the same whatever the numbers are. */
interface Form {
  readonly labels: MeasureTable["labels"];
  /** Of each column, whether its numbers print without a point. */
  readonly whole: readonly boolean[];
}

const forms = new WeakMap<PublishedTable, Form>();

function formOf(table: PublishedTable): Form {
  const found = forms.get(table);
  if (found !== undefined) return found;
  const places = Uint32Array.from(table.rows.keys());
  const form = {
    labels: table.labels.map(({ name, texts }) => ({ name, values: texts, places })),
    whole: table.columns.map(({ texts }) => !texts.some((text) => text.includes("."))),
  };
  forms.set(table, form);
  return form;
}

function withheldIn({ columns, labels }: PublishedTable): readonly Omit<WithheldFigure, "date">[] {
  return columns.flatMap(({ name, withheld }) =>
    [...withheld].map((at) => ({
      column: name,
      groups: Object.fromEntries(labels.map(({ name: label, texts }) => [label, texts[at] ?? ""])),
    })),
  );
}

function isForeignText(
  { measure: { rule } }: PublishedTable,
  column: PrintedColumn,
  numbers: Float64Array,
  attacker: Attacker,
): boolean {
  const threshold = column.hasThreshold ? (rule.threshold ?? 0) : 0;
  const isFree = rule.as === "withheld" || attacker === "sums";
  const shown = rule.secondary
    ? hideSmall(numbers, threshold).values
    : numbers.map((value) => (value > 0 && value <= threshold ? NaN : value));
  return column.numbers.every((printed, at) => {
    const value = numbers[at] ?? NaN;
    const isHidden = Number.isNaN(shown[at]);
    if (column.withheld.has(at)) return isFree || !isHidden;
    if (printed === null) return isFree || isHidden;
    if (printed === 0 && rule.as === "zero" && (isHidden || value <= threshold)) return true;
    if (isHidden && !isFree) return false;
    const { rounding } = rule;
    if (rounding.kind === "within") return Math.abs(value - printed) <= rounding.most;
    if (rounding.kind === "none") return value === printed;
    return (
      roundedCount(value, rounding.kind === "midpoint6" ? "midpoint6" : { to: rounding.of }) ===
      printed
    );
  });
}

/** A printed value that is no ratio of the numbers beside it must be one of the true numbers. */
function ratiosHold(table: PublishedTable, numbers: TrueNumbers): boolean {
  const bottom = table.measure.numerator === table.measure.denominator ? 0 : 1;
  return table.values.every((_, at) => {
    const told = trueRatio(table, at);
    if (told === null) return true;
    const ratio = (numbers[0]?.[at] ?? NaN) / (numbers[bottom]?.[at] ?? NaN);
    return Math.abs(ratio - told.value) <= told.reach;
  });
}
