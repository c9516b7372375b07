/** What the rows say that our tables have: a label that they show has a patient, and one that they do not show has none. */
import { POPULATION } from "../../measures/measure-spec.ts";
import type { PublishedTable } from "../describe/published-table.ts";
import type { Part } from "./cells.ts";
import type { RowParts, World } from "./world.ts";

export class RowsSeen {
  readonly #world: World;
  readonly #seen = new Map<RowParts, Set<string>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Once for all tables with the same labels. */
  see(table: PublishedTable, parts: RowParts): void {
    const key = `${table.date} ${table.measure.groups}`;
    const own = this.#seen.get(parts) ?? new Set();
    if (own.has(key)) return;
    this.#seen.set(parts, own.add(key));
    for (const at of table.labels.keys()) this.#seeLabels(table, parts, at);
    if (table.measure.groups === "observed" && table.labels.length > 1)
      this.#seeCombinations(table, parts);
  }

  #seeLabels({ date, labels }: PublishedTable, parts: RowParts, at: number): void {
    const { name = "", texts = [] } = labels[at] ?? {};
    const seen = new Set(texts);
    for (const row of parts) this.#restrict(date, row.slice(at, at + 1), 1, Infinity);
    const column = this.#world.columns.of.get(name);
    for (const [label, places] of column?.labels ?? [])
      if (!seen.has(label) && column !== undefined)
        this.#restrict(date, [{ axis: column.axis, places }], 0, 0);
  }

  #seeCombinations(table: PublishedTable, parts: RowParts): void {
    const keyOf = (row: readonly Part[]): string =>
      row.map(({ places }) => places.join()).join("|");
    const seen = new Set(parts.map(keyOf));
    for (const row of parts) this.#restrict(table.date, row, 1, Infinity);
    for (const row of this.#combinations(table))
      if (!seen.has(keyOf(row))) this.#restrict(table.date, row, 0, 0);
  }

  #restrict(date: string, parts: readonly Part[], lo: number, hi: number): void {
    const { cells, model } = this.#world;
    model.restrict(cells.variable({ quantity: POPULATION, date }, parts), { lo, hi, gap: 0 });
  }

  #combinations({ labels }: PublishedTable): readonly (readonly Part[])[] {
    let all: (readonly Part[])[] = [[]];
    for (const { name } of labels) {
      const column = this.#world.columns.of.get(name);
      if (column === undefined) continue;
      const parts = [...column.labels.values()].map((places) => ({ axis: column.axis, places }));
      all = all.flatMap((before) => parts.map((part) => [...before, part]));
    }
    return all;
  }
}
