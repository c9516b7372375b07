/** Merged columns of groups beside the columns that they were: both cut the same values. */
import type { Dimension } from "./description.ts";
import { labelsBehind } from "./merged-columns.ts";
import type { MergedColumn } from "./merged-columns.ts";
import type { PublishedTable } from "./published-table.ts";

/** Each merged column as a column of the dimension of the column as it was, which has all labels that anything shows. */
export function withMergedColumns(
  dimensions: readonly Dimension[],
  tables: readonly PublishedTable[],
): readonly Dimension[] {
  const merged = new Map<string, MergedColumn>();
  for (const { labels } of tables)
    for (const { name, of } of labels) if (of !== undefined) merged.set(name, of);
  const all = [...dimensions];
  for (const [name, of] of merged) {
    const at = all.findIndex(({ columns }) => Object.hasOwn(columns, of.column));
    const own = all[at] ?? plainDimension(of.column, tables);
    const added = { ...own, columns: { ...own.columns, [name]: mergedMap(own, of) } };
    if (at < 0) all.push(added);
    else all[at] = added;
  }
  return all;
}

function mergedMap({ columns }: Dimension, of: MergedColumn): Dimension["columns"][string] {
  const found: Record<string, readonly string[]> = {};
  for (const [label, values] of Object.entries(columns[of.column] ?? {})) {
    const into = of.merged.find(({ labels }) => labels.includes(label))?.into ?? label;
    found[into] = [...(found[into] ?? []), ...values];
  }
  return found;
}

/** Every label is a value. */
function plainDimension(column: string, tables: readonly PublishedTable[]): Dimension {
  const seen = new Set<string>();
  for (const { labels } of tables)
    for (const { name, of, texts } of labels) {
      if (name !== column && of?.column !== column) continue;
      for (const text of texts)
        for (const label of of === undefined ? [text] : labelsBehind(of, text)) seen.add(label);
    }
  const values = [...seen].sort();
  const own = Object.fromEntries(values.map((value) => [value, [value]]));
  return { name: `values of ${column}`, values, columns: { [column]: own } };
}
