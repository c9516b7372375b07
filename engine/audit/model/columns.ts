/** Which values a column of labels cuts, and into what. */
import type { Dimension } from "../describe/description.ts";
import type { PublishedTable } from "../describe/published-table.ts";

/** What several columns, or one, have labels for. */
export interface Axis {
  readonly name: string;
  readonly values: readonly string[];
}

export interface LabelColumn {
  readonly axis: Axis;
  /** Places among the values of the axis, ascending. */
  readonly labels: ReadonlyMap<string, readonly number[]>;
}

export interface Columns {
  readonly of: ReadonlyMap<string, LabelColumn>;
  readonly axes: readonly Axis[];
  readonly given: readonly Dimension[];
}

/** A column without a dimension of its own has the labels that the tables show. */
export function columnsOf(
  dimensions: readonly Dimension[],
  tables: readonly PublishedTable[],
  others: Readonly<Record<string, readonly string[]>>,
): Columns {
  const of = new Map<string, LabelColumn>();
  for (const dimension of dimensions) addDimension(of, dimension);
  const seen = new Map<string, Set<string>>();
  const see = (name: string, texts: readonly string[]): void => {
    if (of.has(name)) return;
    const found = seen.get(name) ?? new Set();
    for (const text of texts) found.add(text);
    seen.set(name, found);
  };
  for (const { labels } of tables) for (const { name, texts } of labels) see(name, texts);
  for (const [name, texts] of Object.entries(others)) if (seen.has(name)) see(name, texts);
  for (const [name, texts] of seen) {
    const values = [...texts].sort();
    const labels = new Map(values.map((value, at) => [value, [at]] as const));
    of.set(name, { axis: { name, values }, labels });
  }
  const axes = [...new Set([...of.values()].map(({ axis }) => axis))];
  return { of, axes: axes.sort((a, b) => (a.name < b.name ? -1 : 1)), given: dimensions };
}

/** Its values are labels too, under the name of the dimension. */
function addDimension(of: Map<string, LabelColumn>, dimension: Dimension): void {
  const axis = { name: dimension.name, values: dimension.values };
  const at = new Map(dimension.values.map((value, place) => [value, place]));
  of.set(dimension.name, {
    axis,
    labels: new Map([...at].map(([name, place]) => [name, [place]])),
  });
  for (const [column, map] of Object.entries(dimension.columns)) {
    const labels = Object.entries(map).map(
      ([label, values]) =>
        [label, values.map((value) => at.get(value) ?? 0).sort((a, b) => a - b)] as const,
    );
    of.set(column, { axis, labels: new Map(labels) });
  }
}

/** Values that no label of any column stands for alone: differences of two columns. */
export function unnamedValues({ values, columns }: Dimension): readonly string[] {
  const alone = Object.values(columns)
    .flatMap((map) => Object.values(map))
    .filter((stands) => stands.length === 1)
    .flat();
  return values.filter((value) => !alone.includes(value));
}
