/** Published tables as they would be if some of their figures were withheld. */
import { floatText } from "../../base/value-types.ts";
import type { PrintedColumn, PublishedTable } from "../describe/published-table.ts";

/** One figure of one table. */
export interface Spot {
  readonly table: PublishedTable;
  readonly column: string;
  /** Place in the table. */
  readonly at: number;
}

/** In the order given; a table of which nothing is withheld is the same one. */
export function withheldTables(
  tables: readonly PublishedTable[],
  spots: readonly Spot[],
): readonly PublishedTable[] {
  const byTable = new Map<PublishedTable, Spot[]>();
  for (const spot of spots) {
    const own = byTable.get(spot.table);
    if (own === undefined) byTable.set(spot.table, [spot]);
    else own.push(spot);
  }
  return tables.map((table) => {
    const own = byTable.get(table);
    return own === undefined ? table : withheldTable(table, own);
  });
}

function withheldTable(table: PublishedTable, spots: readonly Spot[]): PublishedTable {
  const counted = [table.measure.numerator, table.measure.denominator];
  const valueless = new Set(
    spots.filter(({ column }) => counted.includes(column)).map(({ at }) => at),
  );
  return {
    ...table,
    columns: table.columns.map((column) => {
      const own = spots.filter(({ column: name }) => name === column.name).map(({ at }) => at);
      return own.length === 0 ? column : withheldColumn(column, own);
    }),
    values: table.values.map((text, at) => (valueless.has(at) ? "" : text)),
  };
}

/** Once a cell is blank, all others print as floats. */
function withheldColumn(column: PrintedColumn, places: readonly number[]): PrintedColumn {
  const withheld = new Set([...column.withheld, ...places]);
  const numbers = column.numbers.map((number, at) => (withheld.has(at) ? null : number));
  const texts = numbers.map((number) => (number === null ? "" : floatText(number)));
  return { ...column, numbers, texts, withheld };
}
