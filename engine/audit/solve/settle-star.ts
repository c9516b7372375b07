/** The values of a star's variables, without search. */
import type { Bounds } from "./bounds.ts";
import { intersection, shifted } from "./intervals.ts";
import type { Range, Ranges } from "./intervals.ts";
import { LISTED_WIDTH } from "./possible.ts";
import type { Numbers, Possible, Settled } from "./possible.ts";
import type { Star } from "./star.ts";
import { narrowed, numbersFor, totalsOf, withKnown } from "./star-table.ts";
import type { StarTable } from "./star-table.ts";
import type { Alike, Turn } from "./spread-numbers.ts";

export interface Wanted {
  /** The variables whose values are asked for. */
  readonly variables: readonly number[];
  readonly minValues: number;
}

/** Values tried one by one for one end. */
const MOST_TRIED = 4000;

/** Null where it has too many values to look at; `solutions` is empty where no values are possible at all. */
export function settleStar(star: Star, wanted: Wanted, bounds: Bounds): Settled | null {
  const settler = new StarSettler(star, bounds);
  return settler.isWhole ? settler.settled(wanted) : null;
}

/** Of each class of the variables, what the star by itself allows: more than that no variable can be. */
export function relaxedStar(
  star: Star,
  variables: readonly number[],
  bounds: Bounds,
): ReadonlyMap<number, Possible> {
  const settler = new StarSettler(star, bounds);
  return settler.isWhole ? settler.relaxed(variables) : new Map<number, Possible>();
}

interface Making {
  readonly total: number;
  readonly turn: Turn;
  /** Another table than the one of a ray. */
  readonly instead?: { readonly at: number; readonly own: StarTable | null };
}

class StarSettler {
  readonly #star: Star;
  readonly #bounds: Bounds;
  /** Of each table, the shared totals that it allows. */
  readonly #totals: readonly (Ranges | null)[];
  readonly #centre: Range;
  readonly #rayOf = new Map<number, number>();
  readonly #keys = new Map<number, string>();
  readonly #alike = new Map<number, Alike>();
  /** Apart from those of other stars. */
  readonly #name: string;

  constructor(star: Star, bounds: Bounds) {
    const [lo, hi] = star.centre === null ? [0, 0] : [star.centre.lo, star.centre.hi];
    this.#centre = [lo, hi];
    const rays = star.rays.map(({ table, more }) => ({
      ...{ table: narrowed(table, [lo + more, hi + more]), more },
    }));
    this.#star = { ...star, rays };
    this.#bounds = bounds;
    this.#totals = rays.map(({ table, more }) => this.#totalsOf(table, more));
    const [any] = rays.flatMap(({ table: t }) => [...t.blanks, ...t.larger, ...t.free]);
    const name = `star ${any?.variables[0] ?? -1}`;
    this.#name = name;
    for (const [at, { table }] of rays.entries()) {
      for (const role of ["blanks", "larger", "free"] as const) {
        for (const alike of table[role]) {
          const key = `${name} ${at} ${role} ${alike.lo} ${alike.hi}`;
          for (const v of alike.variables) {
            this.#rayOf.set(v, at);
            this.#keys.set(v, key);
            this.#alike.set(v, alike);
          }
        }
      }
    }
  }

  get isWhole(): boolean {
    return !this.#totals.includes(null);
  }

  settled({ variables, minValues }: Wanted): Settled | null {
    const keyOf = (v: number): string => this.#keys.get(v) ?? `${this.#name} centre`;
    const classes = { keyOf, bundleOf: (v: number): readonly number[] => [v] };
    const [total] = this.#shared(-1)[0] ?? [];
    if (total === undefined) return { classes, possible: new Map(), solutions: [] };
    const pool = new Pool(variables, keyOf);
    for (let at = 0; at < minValues; at++)
      pool.keep(this.#solution({ total, turn: { at, of: minValues } }));
    const possible = new Map<string, Possible>();
    for (const v of variables) {
      if (possible.has(keyOf(v))) continue;
      const values = this.#valuesOf(v, minValues);
      if (values === null) return null;
      possible.set(keyOf(v), values);
      if (values.values.length < minValues) continue;
      for (const value of values.values.slice(0, minValues)) {
        if (pool.has(v, minValues)) break;
        if (!pool.shows(v, value)) pool.keep(this.#with(v, value, minValues) ?? NOTHING);
      }
    }
    return { classes, possible, solutions: pool.solutions };
  }

  /** None for those with too many values to look at. */
  relaxed(variables: readonly number[]): ReadonlyMap<number, Possible> {
    const byClass = new Map<string, Possible | null>();
    const found = new Map<number, Possible>();
    for (const v of variables) {
      const key = this.#keys.get(v);
      if (key === undefined) continue;
      let own = byClass.get(key);
      if (own === undefined) byClass.set(key, (own = this.#valuesOf(v, 1)));
      if (own !== null) found.set(v, own);
    }
    return found;
  }

  #totalsOf(table: StarTable, more: number): Ranges | null {
    const [lo, hi] = this.#centre;
    const totals = totalsOf(table, [lo + more, hi + more]);
    return totals === null ? null : shifted(totals, -more);
  }

  /** Totals that all tables allow but the one left out. */
  #shared(without: number): Ranges {
    let shared: Ranges = [this.#centre];
    for (const [at, totals] of this.#totals.entries())
      if (at !== without) shared = intersection(shared, totals ?? []);
    return shared;
  }

  /** The shared total that goes with the value; null where the value is not possible. */
  #totalWith(v: number, value: number, shared: Ranges): number | null {
    const at = this.#rayOf.get(v);
    const ray = this.#star.rays[at ?? -1];
    const own =
      ray === undefined
        ? [[value, value] as const]
        : this.#totalsOf(withKnown(ray.table, v, value), ray.more);
    return intersection(shared, own ?? [])[0]?.[0] ?? null;
  }

  /** In all other tables as at the first turn. */
  #with(v: number, value: number, turns: number): Numbers | null {
    const at = this.#rayOf.get(v) ?? -1;
    const total = this.#totalWith(v, value, this.#shared(at));
    const table = this.#star.rays[at]?.table;
    if (total === null) return null;
    const own = table === undefined ? null : withKnown(table, v, value);
    return this.#solution({ total, turn: { at: 0, of: turns }, instead: { at, own } });
  }

  #solution({ total, turn, instead }: Making): Numbers {
    const { centre, rays } = this.#star;
    const [variables, values]: [number[], number[]] = [[], []];
    if (centre !== null) {
      variables.push(centre.variable);
      values.push(total);
    }
    for (const [place, { table, more }] of rays.entries()) {
      const own = place === instead?.at ? (instead.own ?? table) : table;
      for (const [v, value] of numbersFor(own, total + more, turn)) {
        variables.push(v);
        values.push(value);
      }
    }
    return { variables, values };
  }

  #valuesOf(v: number, minValues: number): Possible | null {
    const shared = this.#shared(this.#rayOf.get(v) ?? -1);
    const isPossible = (value: number): boolean => this.#totalWith(v, value, shared) !== null;
    const { lo, hi } = this.#alike.get(v) ?? {
      ...{ lo: this.#bounds.lo[v] ?? 0, hi: this.#bounds.hi[v] ?? 0 },
    };
    const min = first(lo, hi, isPossible);
    const max = -first(-hi, -lo, (value) => isPossible(-value));
    if (Number.isNaN(min) || Number.isNaN(max)) return null;
    const values = [min];
    const isListed = max - min <= LISTED_WIDTH;
    for (let value = min + 1, tried = 0; value <= max; value++, tried++) {
      if (!isListed && values.length >= minValues) break;
      if (tried > MOST_TRIED) return null;
      if (isPossible(value)) values.push(value);
    }
    return { min, max, values, isDecided: true };
  }
}

/** The first possible value; NaN where there are too many to try. */
function first(lo: number, hi: number, isPossible: (value: number) => boolean): number {
  for (let value = lo; value <= Math.min(hi, lo + MOST_TRIED); value++)
    if (isPossible(value)) return value;
  return NaN;
}

const NOTHING: Numbers = { variables: [], values: [] };

/** Solutions, and which values of which class they show. */
class Pool {
  readonly solutions: Numbers[] = [];
  readonly #wanted: ReadonlySet<number>;
  readonly #keyOf: (v: number) => string;
  readonly #shown = new Map<string, Set<number>>();

  constructor(variables: readonly number[], keyOf: (v: number) => string) {
    this.#wanted = new Set(variables);
    this.#keyOf = keyOf;
  }

  keep(solution: Numbers): void {
    this.solutions.push(solution);
    const { variables, values } = solution;
    for (let at = 0; at < variables.length; at++) {
      const v = variables[at] ?? 0;
      if (!this.#wanted.has(v)) continue;
      const key = this.#keyOf(v);
      const own = this.#shown.get(key);
      if (own === undefined) this.#shown.set(key, new Set([values[at] ?? 0]));
      else own.add(values[at] ?? 0);
    }
  }

  shows(v: number, value: number): boolean {
    return this.#shown.get(this.#keyOf(v))?.has(value) ?? false;
  }

  has(v: number, count: number): boolean {
    return (this.#shown.get(this.#keyOf(v))?.size ?? 0) >= count;
  }
}
