/** What a cell would be in tables of numbers: which of them are added up, and which are taken off. */
import { POPULATION } from "../../measures/measure-spec.ts";
import type { CellName } from "../describe/cell-name.ts";
import type { PrintedColumn, PublishedTable } from "../describe/published-table.ts";
import type { Term, Witness } from "./layout.ts";
import type { Places, Printed } from "./places.ts";
import type { Exchange } from "./shown.ts";

export class CellTerms {
  readonly #places: Places;
  readonly #printed: ReadonlyMap<PublishedTable, Printed>;

  constructor(places: Places, printed: readonly Printed[]) {
    this.#places = places;
    this.#printed = new Map(printed.map((each) => [each.table, each]));
  }

  /** Null where the layouts do not tell. */
  of({ of, quantity, date, groups, since, without }: CellName): readonly Term[] | null {
    const less =
      of === "complement"
        ? this.#places.term(quantity, date, groups)
        : without !== undefined
          ? this.#places.term(without, date, groups)
          : since !== undefined
            ? this.#places.term(quantity, since, groups)
            : undefined;
    const own = this.#places.term(of === "complement" ? POPULATION : quantity, date, groups);
    if (own === null || less === null) return null;
    return less === undefined ? [own] : [own, { ...less, isLess: true }];
  }

  /** Of a number that a table prints. */
  at(table: PublishedTable, column: PrintedColumn, row: number): readonly Term[] | null {
    const printed = this.#printed.get(table);
    const layout = printed?.layouts[table.columns.indexOf(column)];
    const places = printed?.rows[row];
    if (layout === undefined || places === undefined) return null;
    return [{ layout, places, isLess: false }];
  }
}

/** NaN where the witness does not have it. */
export function valueIn(terms: readonly Term[], witness: Witness, exchange?: Exchange): number {
  let value = 0;
  for (const { layout, places, isLess } of terms) {
    const numbers = witness[layout];
    const isExchanged = exchange?.layouts.includes(layout) === true;
    for (const place of places) {
      const number = numbers?.[isExchanged ? placeAfter(place, exchange) : place] ?? NaN;
      value += isLess ? -number : number;
    }
  }
  return value;
}

function placeAfter(place: number, { places: [own, other] }: Exchange): number {
  return place === own ? other : place === other ? own : place;
}
