/** Which cells the columns of tables print, and which figures are of one cell. */
import { figureName } from "../describe/figure-name.ts";
import type { CellName } from "../describe/cell-name.ts";
import type { PrintedColumn, PublishedTable } from "../describe/published-table.ts";
import type { RowParts } from "./world.ts";

/** One column of one table: the variable of each row. */
export interface PrintedCells {
  readonly table: PublishedTable;
  readonly column: PrintedColumn;
  readonly parts: RowParts;
  readonly variables: Int32Array;
}

/** One printed number or blank. */
export interface Figure {
  readonly own: PrintedCells;
  /** Place in the table. */
  readonly at: number;
  readonly variable: number;
}

/** Figures in the order of measures, columns and rows, by the cell that they print. */
export class FiguresByCell {
  readonly #columns: readonly PrintedCells[];
  /** Of each column, where its figures begin. */
  readonly #starts: readonly number[];
  /** Of each variable its first and its last figure, and of each figure the next of the same variable. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  constructor(columns: readonly PrintedCells[], size: number) {
    this.#columns = columns;
    const starts: number[] = [];
    let count = 0;
    for (const { variables } of columns) {
      starts.push(count);
      count += variables.length;
    }
    this.#starts = starts;
    this.#first = new Int32Array(size).fill(-1);
    this.#next = new Int32Array(count).fill(-1);
    const last = new Int32Array(size);
    let at = 0;
    for (const { variables } of columns) {
      for (const variable of variables) {
        if (this.#first[variable] === -1) this.#first[variable] = at;
        else this.#next[last[variable] ?? 0] = at;
        last[variable] = at++;
      }
    }
  }

  /** The first of each cell. */
  *firsts(): Generator<Figure> {
    for (const [place, own] of this.#columns.entries()) {
      const start = this.#starts[place] ?? 0;
      for (const [at, variable] of own.variables.entries())
        if (this.#first[variable] === start + at) yield { own, at, variable };
    }
  }

  of(variable: number): readonly Figure[] {
    const found: Figure[] = [];
    for (let at = this.#first[variable] ?? -1; at >= 0; at = this.#next[at] ?? -1)
      found.push(this.#figure(at, variable));
    return found;
  }

  #figure(figure: number, variable: number): Figure {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= figure) low = middle + 1;
      else high = middle;
    }
    // A table without rows begins where the next one does.
    const own = this.#columns[low - 1];
    if (own === undefined) throw new RangeError("No column has this figure");
    return { own, at: figure - (this.#starts[low - 1] ?? 0), variable };
  }
}

/** What a figure is called, in the study and the data of its world. */
export function nameOf(
  { study, data }: Pick<CellName, "study" | "data">,
  { own: { table, column }, at }: Figure,
): CellName {
  const groups = Object.fromEntries(table.labels.map(({ name, texts }) => [name, texts[at] ?? ""]));
  return { of: "cell", quantity: column.name, date: table.date, groups, study, data };
}

export function placeOf({ own: { table, column }, at }: Figure): string {
  return figureName(table, column.name, at);
}
