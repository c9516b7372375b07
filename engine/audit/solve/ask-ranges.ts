/** Asks for the values of one class, range after range. */

/** A possible value of the range; false where it has none, null where that stays open. */
export type Within = (lo: number, hi: number) => number | null | false;

/** From a possible value outwards. */
export function outermost(start: number, bound: number, within: Within): number {
  let [best, end] = [start, bound];
  let first = true;
  while (best < end) {
    const from = first ? end : Math.floor((best + end) / 2) + 1;
    first = false;
    const found = within(from, end);
    if (found === null) return end;
    if (found === false) end = from - 1;
    else best = found;
  }
  return best;
}

/** Values beside those found, as far as the ends, until there are enough. */
export function fill(
  found: ReadonlySet<number>,
  [least, most]: readonly [number, number],
  enough: number,
  within: Within,
): void {
  const known = [...found].sort((a, b) => a - b);
  const gaps = known.map((value, at) => [value + 1, (known[at + 1] ?? most + 1) - 1] as const);
  gaps.push([least, (known[0] ?? least) - 1]);
  while (gaps.length > 0 && found.size < enough) {
    const [lo, hi] = gaps.shift() ?? [0, -1];
    if (lo > hi) continue;
    const next = within(lo, hi);
    if (typeof next === "number") gaps.push([lo, next - 1], [next + 1, hi]);
  }
}
