/**
 * Whether numbers can stand behind everything that is published. Shares nothing with what found them: it adds them up
 * again from the labels alone, publishes every table again, and reads itself what a cell would be.
 */
import { POPULATION } from "../../measures/measure-spec.ts";
import { CellTerms, valueIn } from "./cell-terms.ts";
import { Faces } from "./faces.ts";
import {
  addedUp,
  areWhole,
  besideKey,
  haveSameSums,
  marginsOf,
  NOTHING,
  sizeOf,
  sumOf,
} from "./layout.ts";
import type { Layout, Margin, Witness } from "./layout.ts";
import { Places } from "./places.ts";
import type { Printed, Published } from "./places.ts";
import { isPublishedAlike } from "./published-alike.ts";
import { factNames, isPossible, relationsOf } from "./relations.ts";
import type { Beside } from "./relations.ts";
import type { Exchange } from "./shown.ts";

const NONE = new Float64Array();

export class Checker {
  readonly #published: Published;
  readonly #layouts: readonly Layout[];
  readonly #places: Places;
  readonly #beside: readonly Beside[];
  /** Of each layout. */
  readonly #besideOf: readonly (Beside | undefined)[];
  readonly #margins: readonly Margin[];
  /** Where each cell is. */
  readonly terms: CellTerms;
  readonly printed: readonly Printed[];
  readonly #faces: Faces;
  readonly #isTold: boolean;
  #accepted: Witness | null = null;

  /** Layouts that do not have every cell of what is published are refused whatever the numbers. */
  constructor(published: Published, layouts: readonly Layout[]) {
    const { description } = published;
    this.#published = published;
    this.#layouts = layouts;
    this.#places = new Places(published, layouts);
    this.#margins = marginsOf(layouts);
    this.#beside = [...new Set(layouts.map(besideKey))].map((key) => {
      const own = [...layouts.keys()].filter((at) => key === besideKey(layouts[at] ?? NOTHING));
      const quantities = own.map((at) => layouts[at]?.quantity ?? "");
      const pair = own.map(() => new Float64Array(2));
      return { quantities, layouts: own, relations: relationsOf(description, quantities), pair };
    });
    this.#besideOf = layouts.map((_, at) => this.#beside.find((own) => own.layouts.includes(at)));
    const printed = this.#places.printed();
    this.printed = printed.filter((each) => each !== null);
    this.terms = new CellTerms(this.#places, this.printed);
    this.#faces = new Faces(published, layouts, this.printed);
    const facts = description.facts.map(factNames);
    const isWhole = ({ quantities }: Beside): boolean =>
      quantities.includes(POPULATION) &&
      facts.every(
        (names) =>
          !names.some((name) => quantities.includes(name)) ||
          names.every((name) => quantities.includes(name)),
      );
    this.#isTold = !printed.includes(null) && this.#beside.every(isWhole);
  }

  /** What is the same array in the last witness that was accepted is not looked at again. */
  accepts(witness: Witness): boolean {
    const last = this.#accepted;
    const isNew = (at: number): boolean => last === null || witness[at] !== last[at];
    const isTaken =
      this.#isTold &&
      this.#layouts.every((layout, at) => !isNew(at) || areWhole(witness[at], sizeOf(layout))) &&
      this.#margins.every(
        (margin) => !margin.layouts.some(([at]) => isNew(at)) || haveSameSums(margin, witness),
      ) &&
      this.#beside.every((own) => !own.layouts.some(isNew) || isPossible(own, witness)) &&
      this.#layouts.every((_, at) => this.#isInTime(at, witness)) &&
      this.#isKnown(witness) &&
      this.printed.every(
        (each) => ![each.people, ...each.layouts].some(isNew) || this.#isPrinted(each, witness),
      );
    if (isTaken) this.#accepted = witness;
    return isTaken;
  }

  /** Whether an accepted witness stays one when the numbers at two places of these layouts are exchanged. */
  acceptsExchange(witness: Witness, { layouts, places: [a, b] }: Exchange): boolean {
    const own = this.#besideOf[layouts[0] ?? -1];
    if (own === undefined || layouts.some((at) => this.#besideOf[at] !== own)) return false;
    for (const at of layouts) {
      const faces = this.#faces.of(at);
      if (faces?.[a] === undefined || faces[a] !== faces[b]) return false;
    }
    const isExchanged = (place: number): boolean => layouts.includes(own.layouts[place] ?? -1);
    return own.relations.every(({ holds, of }) => {
      if (!of.some(isExchanged)) return true;
      for (const place of of) {
        const [numbers, pair] = [witness[own.layouts[place] ?? -1], own.pair[place]];
        if (pair === undefined) continue;
        [pair[0], pair[1]] = [numbers?.[a] ?? NaN, numbers?.[b] ?? NaN];
        if (isExchanged(place)) pair.reverse();
      }
      return holds(own.pair);
    });
  }

  #isKnown(witness: Witness): boolean {
    const { description, data } = this.#published;
    return description.known.every((one) => {
      const isHere = this.#layouts.some(({ date }) => date === one.date);
      if ((one.data ?? data) !== data || !isHere) return true;
      const term = this.#places.term(one.quantity, one.date, one.groups);
      const value = term === null ? NaN : valueIn([term], witness);
      return value >= one.atLeast && value <= one.atMost;
    });
  }

  /** The same patients at every date: people stay as many, and what never goes back does not. */
  #isInTime(at: number, witness: Witness): boolean {
    const { time } = this.#published.description;
    const { quantity, date, columns } = this.#layouts[at] ?? NOTHING;
    if (time.cohort !== "fixed" || !columns.every(({ name }) => this.#places.isStatic(name)))
      return true;
    return this.#layouts.every((other, place) => {
      const isSame =
        other.quantity === quantity &&
        besideKey({ ...other, date }) === besideKey({ date, columns });
      if (!isSame || other.date <= date) return true;
      const later = (one: number): number => witness[place]?.[one] ?? NaN;
      const now = witness[at] ?? NONE;
      if (quantity === POPULATION) return now.every((value, one) => value === later(one));
      return !time.cumulative.includes(quantity) || now.every((value, one) => value <= later(one));
    });
  }

  #isPrinted({ table, layouts, people, rows }: Printed, witness: Witness): boolean {
    const of = (at: number): Float64Array => addedUp(rows, witness[at]);
    const { measure, labels } = table;
    if (!isPublishedAlike(table, layouts.map(of), this.#published.attacker)) return false;
    if (!measure.rule.isOurs || labels.length === 0) return true;
    // Every patient is in a row of our tables, and a row or a label without any is not printed.
    const shown = of(people);
    if (sumOf(shown) !== sumOf(witness[people] ?? NONE)) return false;
    if (labels.length === 1 || measure.groups === "observed") return !shown.includes(0);
    return labels.every(({ texts }) => {
      const seen = new Set(texts.filter((_, row) => (shown[row] ?? 0) > 0));
      return texts.every((text) => seen.has(text));
    });
  }
}
