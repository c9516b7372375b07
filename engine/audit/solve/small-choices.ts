/** Which of the hidden numbers of a column are the small ones: how many, and what they add up to. */

export interface Item {
  readonly lo: number;
  readonly hi: number;
  /** Must be one of the small ones. */
  readonly isForced: boolean;
}

/** How many small ones, and their sum; neither is more than the threshold. */
export interface Small {
  readonly count: number;
  readonly sum: number;
}

export class SmallChoices {
  readonly #items: readonly Item[];
  readonly #width: number;
  /** Before each item, and after the last: which counts and sums can be reached. */
  readonly #reached: readonly Uint8Array[];

  constructor(items: readonly Item[], threshold: number) {
    this.#items = items;
    this.#width = threshold + 1;
    const start = new Uint8Array(this.#width * this.#width);
    start[0] = 1;
    const reached: Uint8Array[] = [start];
    for (const item of items) reached.push(this.#with(reached.at(-1) ?? start, item));
    this.#reached = reached;
  }

  get all(): readonly Small[] {
    const last = this.#reached.at(-1) ?? new Uint8Array();
    return [...last.entries()]
      .filter(([, isReached]) => isReached === 1)
      .map(([at]) => ({ count: Math.floor(at / this.#width), sum: at % this.#width }));
  }

  /** The value of each item that is a small one, null of the others; what is asked for can be reached. */
  values({ count, sum }: Small): readonly (number | null)[] {
    const values: (number | null)[] = [];
    let [left, rest] = [count, sum];
    for (let at = this.#items.length - 1; at >= 0; at--) {
      const [item, before] = [this.#items[at], this.#reached[at]];
      if (item === undefined || before === undefined) break;
      let value: number | null = null;
      if (item.isForced || before[left * this.#width + rest] !== 1) {
        for (let v = item.lo; v <= Math.min(item.hi, rest) && value === null; v++)
          if (left > 0 && before[(left - 1) * this.#width + rest - v] === 1) value = v;
      }
      values.push(value);
      if (value !== null) [left, rest] = [left - 1, rest - value];
    }
    return values.reverse();
  }

  #with(before: Uint8Array, { lo, hi, isForced }: Item): Uint8Array {
    const after = isForced ? new Uint8Array(before.length) : Uint8Array.from(before);
    const most = this.#width - 1;
    for (let count = 0; count < most; count++) {
      for (let sum = 0; sum <= most; sum++) {
        if (before[count * this.#width + sum] !== 1) continue;
        for (let v = lo; v <= hi && sum + v <= most; v++)
          after[(count + 1) * this.#width + sum + v] = 1;
      }
    }
    return after;
  }
}
