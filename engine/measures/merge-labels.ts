/** Groups that a repair counts as one: added up before anything is hidden, so that no file tells them apart. */
import { labelPlaces } from "./measure-table.ts";
import type { GroupLabel, MeasureTable } from "./measure-table.ts";
import type { MergedLabels } from "./measure-spec.ts";
import { fail } from "./problems.ts";

/**
 * The table with one row in place of those that differ in merged labels only; it stands where the first of these labels
 * did. Labels that it does not have are passed over. Problem: repairs-label-exists.
 */
export function mergeLabels(table: MeasureTable): MeasureTable {
  const { measure, labels, columns, rows } = table;
  const words = labels.map((label) => wordsOf(label, measure.merged ?? [], measure.id));
  if (words.every(({ isMerged }) => !isMerged)) return table;
  const places = labelPlaces(table);
  const groups = new Map<string, { readonly at: readonly number[]; readonly rows: number[] }>();
  for (let row = 0; row < rows; row++) {
    const at = words.map(({ placeOf }, label) => placeOf[places[label]?.(row) ?? 0] ?? 0);
    const found = groups.get(at.join());
    if (found === undefined) groups.set(at.join(), { at, rows: [row] });
    else found.rows.push(row);
  }
  const merged = [...groups.values()].sort((a, b) => inOrder(a.at, b.at));
  return {
    measure,
    rows: merged.length,
    labels: words.map(({ name, values }, label) => ({
      ...{ name, values },
      places: Uint32Array.from(merged, ({ at }) => at[label] ?? 0),
    })),
    columns: columns.map((column) => ({
      ...column,
      values: Float64Array.from(merged, (group) =>
        group.rows.reduce((sum, row) => sum + (column.values[row] ?? 0), 0),
      ),
    })),
  };
}

/** Of the merges those labels that the table has. */
export function labelsMerged({ measure, labels }: MeasureTable): readonly string[] {
  return (measure.merged ?? []).flatMap(({ column, labels: wanted }) => {
    const values = labels.find(({ name }) => name === column)?.values ?? [];
    return wanted
      .filter((label) => values.includes(label))
      .map((label) => nameOfLabel(column, label));
  });
}

export function nameOfLabel(column: string, label: string): string {
  return JSON.stringify([column, label]);
}

interface MergedWords {
  readonly name: string;
  readonly values: readonly string[];
  /** Of each word as it was. */
  readonly placeOf: readonly number[];
  readonly isMerged: boolean;
}

function wordsOf(
  { name, values }: GroupLabel,
  merged: readonly MergedLabels[],
  measure: string,
): MergedWords {
  const own = merged.filter(({ column }) => column === name);
  const stray = own.find(({ labels, into }) => values.includes(into) && !labels.includes(into));
  if (stray !== undefined)
    fail("repairs-label-exists", { measure, column: name, label: stray.into });
  const texts = values.map((word) => own.find(({ labels }) => labels.includes(word))?.into ?? word);
  const kept = [...new Set(texts)];
  const placeOf = texts.map((text) => kept.indexOf(text));
  return { name, values: kept, placeOf, isMerged: texts.some((text, at) => text !== values[at]) };
}

function inOrder(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((place, label) => place !== b[label]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}
