/** What a repair may withhold: cells that are shown, with all figures that show them. */
import type { PublishedTable } from "../describe/published-table.ts";
import { FiguresByCell } from "../model/printed-cells.ts";
import type { Figure, PrintedCells } from "../model/printed-cells.ts";
import type { Spot } from "./withheld-tables.ts";

export interface Candidate {
  readonly spots: readonly Spot[];
  /** Bits: what is lost with these figures. */
  readonly cost: number;
}

/** In the order of their first figures. A cell that another release shows too stays known whatever is done. */
export function candidatesOf(
  columns: readonly PrintedCells[],
  size: number,
  release: string,
): readonly Candidate[] {
  const byCell = new FiguresByCell(columns, size);
  const numberOf = ({ own, at }: Figure): number | null => own.column.numbers[at] ?? null;
  const isOurs = ({ own: { table } }: Figure): boolean =>
    table.release.name === release && table.measure.rule.isOurs;
  return [...byCell.firsts()].flatMap(({ variable }): readonly Candidate[] => {
    const shown = byCell.of(variable).filter((figure) => numberOf(figure) !== null);
    if (shown.length === 0 || !shown.every(isOurs)) return [];
    const spots = shown.map(({ own, at }) => ({ table: own.table, column: own.column.name, at }));
    return [{ spots, cost: shown.reduce((bits, figure) => bits + lost(numberOf(figure)), 0) }];
  });
}

/** What is lost without the table: a column that other tables show as well counts all the same. */
export function bitsOf({ columns }: PublishedTable): number {
  const all = columns.flatMap(({ numbers }) => numbers);
  return all.reduce<number>((bits, number) => bits + lost(number), 0);
}

/** In bits. */
export function lost(number: number | null): number {
  return Math.log2(1 + (number ?? 0));
}
