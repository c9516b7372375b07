/** Figures that are not shown although no rule hides them: without them nothing else can be worked out. */
import { POPULATION } from "./measure-spec.ts";
import type { WithheldFigure } from "./measure-spec.ts";
import { labelPlaces } from "./measure-table.ts";
import type { PublishableTable } from "./publishable.ts";

/**
 * Leaves the figures blank, and with them the values of their rows. Null where one of them is not there, or is
 * hidden already: then they were found in other numbers than these.
 */
export function withhold(
  table: PublishableTable,
  figures: readonly Omit<WithheldFigure, "date">[],
): PublishableTable | null {
  if (figures.length === 0) return table;
  const columns = table.columns.map((column) => ({ ...column, values: column.values.slice() }));
  const rowOf = rowFinder(table);
  for (const { column: name, groups } of figures) {
    const values = columns.find((column) => column.name === name)?.values;
    const row = rowOf(groups);
    const value = row === null ? undefined : values?.[row];
    if (row === null || values === undefined || value === undefined || Number.isNaN(value)) {
      return null;
    }
    values[row] = NaN;
  }
  return { ...table, columns };
}

function rowFinder(table: PublishableTable): (groups: WithheldFigure["groups"]) => number | null {
  const { labels, rows } = table;
  const places = labelPlaces(table);
  const names = labels.map(({ name }) => name).filter((name) => name !== POPULATION);
  const byKey = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const texts = labels.map(({ values }, at) => values[places[at]?.(row) ?? 0] ?? "");
    byKey.set(JSON.stringify(texts.filter((_, at) => labels[at]?.name !== POPULATION)), row);
  }
  return (groups) => {
    if (Object.keys(groups).length !== names.length) return null;
    const wanted = names.map((name) => (Object.hasOwn(groups, name) ? groups[name] : undefined));
    return byKey.get(JSON.stringify(wanted)) ?? null;
  };
}
