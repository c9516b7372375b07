/** What a repair may withhold: cells that are shown, with all figures that show them. */
import type { Figure } from "../model/figures.ts";
import type { Spot } from "./withheld-tables.ts";

export interface Candidate {
  readonly spots: readonly Spot[];
  /** Bits: what is lost with these figures. */
  readonly cost: number;
}

/** In the order of their first figures. A cell that another release shows too stays known whatever is done. */
export function candidatesOf(figures: readonly Figure[], release: string): readonly Candidate[] {
  const byCell = new Map<number, Figure[]>();
  for (const figure of figures) {
    const own = byCell.get(figure.cell.variable);
    if (own === undefined) byCell.set(figure.cell.variable, [figure]);
    else own.push(figure);
  }
  return [...byCell.values()].flatMap((own): readonly Candidate[] => {
    const shown = own.filter(({ column, at }) => (column.numbers[at] ?? null) !== null);
    const isOurs = ({ table }: Figure): boolean =>
      table.release.name === release && table.measure.rule.isOurs;
    if (shown.length === 0 || !shown.every(isOurs)) return [];
    const spots = shown.map(({ table, column, at }) => ({ table, column: column.name, at }));
    return [
      { spots, cost: shown.reduce((bits, { column, at }) => bits + lost(column.numbers[at]), 0) },
    ];
  });
}

function lost(number: number | null | undefined): number {
  return Math.log2(1 + (number ?? 0));
}
