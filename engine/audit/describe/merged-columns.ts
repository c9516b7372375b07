/**
 * Columns of groups of which a repair has merged labels. Beside the column as it was, such as in an earlier release,
 * one with merged labels is another column that cuts the same values: each label of it stands for one label or several.
 */
import type { MergedLabels } from "../../measures/measure-spec.ts";

/** A column as it was, of which a table shows merged labels. */
export interface MergedColumn {
  readonly column: string;
  readonly merged: readonly MergedLabels[];
}

/** Null where nothing of the column is merged. */
export function mergedColumn(
  merged: readonly MergedLabels[] | undefined,
  column: string,
): MergedColumn | null {
  const own = (merged ?? []).filter((each) => each.column === column);
  return own.length === 0 ? null : { column, merged: own };
}

/** `region (East and North as East or North)`: another name for other merges. */
export function nameOfMerged({ column, merged }: MergedColumn): string {
  const each = merged.map(({ labels, into }) => `${labels.join(" and ")} as ${into}`);
  return `${column} (${each.join(", ")})`;
}

/** The labels that a label stands for. */
export function labelsBehind({ merged }: MergedColumn, label: string): readonly string[] {
  return merged.find(({ into }) => into === label)?.labels ?? [label];
}
