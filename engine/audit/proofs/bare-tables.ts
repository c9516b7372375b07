/** Tables without what they show beside some quantities: who works something out seldom needs how many people there are. */
import type { PublishedTable } from "../describe/published-table.ts";

/** Each with the table that it was; one that other programs made stays whole, since its values can tell more. */
export function bareTables(
  tables: readonly PublishedTable[],
  names: ReadonlySet<string>,
): ReadonlyMap<PublishedTable, PublishedTable> {
  return new Map(tables.map((table) => [bareTable(table, names), table]));
}

function bareTable(table: PublishedTable, names: ReadonlySet<string>): PublishedTable {
  if (!table.measure.rule.isOurs) return table;
  const columns = table.columns.filter(({ name }) => names.has(name));
  if (columns.length === 0 || columns.length === table.columns.length) return table;
  return { ...table, columns, values: [] };
}
