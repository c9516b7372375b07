/** Figures that cannot all be true in words, without any number of them. */
import { rangesText } from "../base/ranges-text.ts";
import type { PublishedTable } from "./describe/published-table.ts";

export interface PrintedFigure {
  readonly table: PublishedTable;
  readonly column: string;
  /** Its place in the table. */
  readonly at: number;
  /** NaN where none is printed. */
  readonly number: number;
}

/** `isAlone`: without what is known from elsewhere. */
export function contradictionWords(figures: readonly PrintedFigure[], isAlone: boolean): string {
  if (figures.length === 0) return "";
  const columns = [...byColumn(figures).values()];
  if (!isAlone)
    return `${columns.map(placeText).join("; ")} cannot stand beside the numbers that are known`;
  const [one = [], other = [], ...more] = columns;
  if (other.length === 0)
    return one.length === 1
      ? `${placeText(one)} cannot have been printed by the rules of its measure`
      : `${placeText(one)} cannot stand together`;
  if (more.length > 0 || figures.some(({ number }) => Number.isNaN(number)))
    return `These cannot stand together: ${columns.map(placeText).join("; ")}`;
  const [few, many] = one.length <= other.length ? [one, other] : [other, one];
  return few.length > 1
    ? `These cannot stand together: ${columns.map(placeText).join("; ")}`
    : compared(few, many);
}

function compared(few: readonly PrintedFigure[], many: readonly PrintedFigure[]): string {
  const [a, b] = [sumOf(few), sumOf(many)];
  if (many.length === 1) {
    if (isOneCell(few[0], many[0]))
      return `${placeText(few)} and ${placeText(many)} print one number differently`;
    const [larger, smaller] = a > b ? [few, many] : [many, few];
    return `${placeText(larger)} says more than ${placeText(smaller)}`;
  }
  return a < b
    ? `${placeText(many)} together say more than ${placeText(few)}`
    : `${placeText(few)} says more than ${placeText(many)} together`;
}

/** By file, date and column. */
function byColumn(figures: readonly PrintedFigure[]): ReadonlyMap<string, PrintedFigure[]> {
  const found = new Map<string, PrintedFigure[]>();
  for (const figure of figures) {
    const { table, column } = figure;
    const key = JSON.stringify([table.release.name, table.file, table.date, column]);
    found.set(key, [...(found.get(key) ?? []), figure]);
  }
  return found;
}

/** `May/measure_by_region.csv, rows 1 to 3, column ill`: of one column. */
function placeText(figures: readonly PrintedFigure[]): string {
  const [first] = figures;
  if (first === undefined) return "";
  const { release, file, rows } = first.table;
  const own = figures.map(({ at }) => rows[at] ?? 0);
  const word = own.length === 1 ? "row" : "rows";
  return `${release.name}/${file}, ${word} ${rangesText(own)}, column ${first.column}`;
}

function isOneCell(a: PrintedFigure | undefined, b: PrintedFigure | undefined): boolean {
  const keyOf = ({ table, column, at }: PrintedFigure): string => {
    const labels = table.labels.map(({ name, texts }) => [name, texts[at]]);
    return JSON.stringify([column, table.date, labels.sort()]);
  };
  return a !== undefined && b !== undefined && keyOf(a) === keyOf(b);
}

function sumOf(figures: readonly PrintedFigure[]): number {
  return figures.reduce((sum, { number }) => sum + number, 0);
}
