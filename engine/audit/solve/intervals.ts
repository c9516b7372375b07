/** Sets of whole numbers as ranges, ascending and apart. */
export type Range = readonly [lo: number, hi: number];
export type Ranges = readonly Range[];

export function union(ranges: Ranges): Ranges {
  const made: [number, number][] = [];
  for (const [lo, hi] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = made.at(-1);
    if (last !== undefined && lo <= last[1] + 1) last[1] = Math.max(last[1], hi);
    else made.push([lo, hi]);
  }
  return made;
}

export function intersection(left: Ranges, right: Ranges): Ranges {
  const made: Range[] = [];
  for (let [a, b] = [0, 0]; a < left.length && b < right.length;) {
    const [l, r] = [left[a] ?? [0, -1], right[b] ?? [0, -1]];
    const [lo, hi] = [Math.max(l[0], r[0]), Math.min(l[1], r[1])];
    if (lo <= hi) made.push([lo, hi]);
    if (l[1] < r[1]) a++;
    else b++;
  }
  return made;
}

export function shifted(ranges: Ranges, by: number): Ranges {
  return ranges.map(([lo, hi]) => [lo + by, hi + by]);
}
