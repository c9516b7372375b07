/** Numbers within bounds that add up to a total; every turn gives most of them another one. */

/** Numbers with the same bounds: what one of them can be, all can be. */
export interface Alike {
  readonly lo: number;
  readonly hi: number;
  readonly variables: readonly number[];
}

export type Assignment = readonly (readonly [variable: number, value: number])[];

/** Which of how many ways. */
export interface Turn {
  readonly at: number;
  readonly of: number;
}

/**
 * Numbers with the same bounds go in bundles of as many as there are turns: those of a bundle change places at every
 * turn, which changes no sum, and are all different where the total leaves room for that.
 */
export function spread(all: readonly Alike[], total: number, turn: Turn): Assignment {
  const least = all.reduce((sum, { lo, variables }) => sum + lo * variables.length, 0);
  const groups = all.map(({ lo, hi, variables }) => new Bundles(variables.length, hi - lo, turn));
  const shares = poured(total - least, [
    groups.map(({ apart }) => apart),
    groups.map(({ most, apart }) => most - apart),
    groups.map(({ most }) => most),
  ]);
  return all.flatMap(({ lo, variables }, at) => {
    const more = groups[at]?.shared(shares[at] ?? 0) ?? [];
    return variables.map((variable, place) => [variable, lo + (more[place] ?? 0)] as const);
  });
}

/** What some numbers with the same bounds are more than their least. */
class Bundles {
  /** With this much all numbers of every bundle can be different, and with this much less than the most. */
  readonly apart: number;
  readonly most: number;
  readonly #count: number;
  readonly #reach: number;
  readonly #turn: Turn;
  /** Of one bundle, as `apart` is of all. */
  readonly #apart: number;
  readonly #steps = new Map<number, readonly number[]>();

  constructor(count: number, reach: number, turn: Turn) {
    const { of } = turn;
    this.#apart = reach < of - 1 ? 0 : (of * (of - 1)) / 2;
    this.#count = count;
    this.#reach = reach;
    this.#turn = turn;
    this.apart = Math.floor(count / of) * this.#apart;
    this.most = count * reach;
  }

  shared(share: number): readonly number[] {
    const { of, at } = this.#turn;
    const bundles = Math.floor(this.#count / of);
    const rest = this.#count - bundles * of;
    const slots = (bundle: number, others: number): readonly number[] => {
      const all = new Array<number>(bundles).fill(bundle);
      return [...all, ...new Array<number>(rest).fill(others)];
    };
    const [reach, most, apart] = [this.#reach, this.#reach * of, this.#apart];
    const amounts = poured(share, [
      slots(apart, 0),
      slots(most - apart, reach),
      slots(most, reach),
    ]);
    const made: number[] = [];
    for (let bundle = 0; bundle < bundles; bundle++) {
      const steps = this.#stepsOf(amounts[bundle] ?? 0);
      for (let place = 0; place < of; place++) made.push(steps[(place + at) % of] ?? 0);
    }
    return [...made, ...amounts.slice(bundles)];
  }

  /** The numbers of a bundle: all different where that can be. */
  #stepsOf(amount: number): readonly number[] {
    const found = this.#steps.get(amount);
    if (found !== undefined) return found;
    const { of } = this.#turn;
    const areApart = this.#apart > 0 && amount >= this.#apart;
    const places = Array.from({ length: of }, (_, at) => of - 1 - at);
    const start = places.map((place) => (areApart ? place : 0));
    const more = poured(amount - (areApart ? this.#apart : 0), [
      start.map(() => (areApart ? this.#reach - of + 1 : this.#reach)),
      start.map((step) => this.#reach - step),
    ]);
    const steps = start.map((step, at) => step + (more[at] ?? 0));
    this.#steps.set(amount, steps);
    return steps;
  }
}

/** As much as each slot takes, one after the other, and then again up to the next limit of each. */
function poured(amount: number, limits: readonly (readonly number[])[]): readonly number[] {
  const slots = (limits[0] ?? []).map(() => 0);
  let left = amount;
  for (const limit of limits) {
    for (const [at, most] of limit.entries()) {
      const more = Math.min(left, Math.max(0, most - (slots[at] ?? 0)));
      slots[at] = (slots[at] ?? 0) + more;
      left -= more;
    }
  }
  return slots;
}
