/** One column of one table whose numbers add up to a total: which totals are possible, and numbers for each. */
import type { Range, Ranges } from "./intervals.ts";
import { union } from "./intervals.ts";
import { SmallChoices } from "./small-choices.ts";
import type { Item, Small } from "./small-choices.ts";

export interface Member {
  readonly variable: number;
  readonly lo: number;
  readonly hi: number;
}

export interface StarTable {
  /** Hidden; those that are known too. */
  readonly blanks: readonly Member[];
  /** Not known and larger than the threshold: larger than whatever is hidden beside small numbers. */
  readonly larger: readonly Member[];
  /** Not known, and tied by the total only. */
  readonly free: readonly Member[];
  /** 0 where nothing is hidden. */
  readonly threshold: number;
  /** The smallest number shown that is over the threshold. */
  readonly smallestShown: number;
}

export type Assignment = readonly (readonly [variable: number, value: number])[];

/** Some way in which the numbers can be hidden, with the totals that it allows. */
interface Way {
  readonly totals: Range;
  readonly assign: (total: number) => Assignment;
}

/** More values of the next larger number than this are not looked at one by one. */
const MOST_NEXT = 4000;

/** Null where there are too many ways to look at. */
export function totalsOf(table: StarTable, within: Range): Ranges | null {
  const ways = waysOf(table, within);
  return ways === null ? null : union(ways.map(({ totals }) => totals));
}

/** Of a total that is possible. */
export function numbersFor(table: StarTable, total: number): Assignment {
  const ways = waysOf(table, [total, total]) ?? [];
  const way = ways.find(({ totals: [lo, hi] }) => lo <= total && total <= hi);
  return way?.assign(total) ?? [];
}

/** The same table where one number is known. */
export function withKnown(table: StarTable, variable: number, value: number): StarTable {
  const known = (members: readonly Member[]): readonly Member[] =>
    members.some((each) => each.variable === variable)
      ? members.map((each) =>
          each.variable === variable ? { variable, lo: value, hi: value } : each,
        )
      : members;
  const { blanks, larger, free } = table;
  return { ...table, blanks: known(blanks), larger: known(larger), free: known(free) };
}

function waysOf(table: StarTable, within: Range): readonly Way[] | null {
  const next = nextLarger(table, within);
  if (next === null) return null;
  const small = onlySmall(table);
  return [...(small === null ? [] : [small]), ...next.flatMap((value) => alsoNext(table, value))];
}

const sumOf = (members: readonly Member[], end: "lo" | "hi"): number =>
  members.reduce((sum, member) => sum + member[end], 0);

function onlySmall(table: StarTable): Way | null {
  const { blanks, threshold: t, larger, smallestShown } = table;
  const hidden = blanks.map(({ variable, lo, hi }) => ({
    ...{ variable, lo: Math.max(1, lo) },
    hi: Math.min(t, hi),
  }));
  if (hidden.some(({ lo, hi }) => lo > hi)) return null;
  const passes = blanks.length > 0 && (larger.length > 0 || smallestShown < Infinity);
  const least = passes ? Math.max(t + 1, sumOf(hidden, "lo")) : sumOf(hidden, "lo");
  const most = sumOf(hidden, "hi");
  if (least > most) return null;
  const rest = [...larger, ...table.free];
  const [from, to] = [sumOf(rest, "lo"), sumOf(rest, "hi")];
  return {
    totals: [least + from, most + to],
    assign: (total) => {
      const own = Math.min(most, Math.max(least, total - from));
      return [...spread(hidden, own), ...spread(rest, total - own)];
    },
  };
}

/** Numbers that add up to the total, the first ones as large as they can be. */
function spread(members: readonly Member[], total: number): Assignment {
  let left = total - sumOf(members, "lo");
  return members.map(({ variable, lo, hi }) => {
    const more = Math.min(left, hi - lo);
    left -= more;
    return [variable, lo + more];
  });
}

/** Which next larger numbers can be hidden beside small ones, ascending. */
function nextLarger(table: StarTable, [least, most]: Range): readonly number[] | null {
  const { blanks, larger, free, threshold: t, smallestShown } = table;
  const count = blanks.length;
  const end = Math.min(smallestShown, ...larger.map(({ hi }) => hi)) - 1;
  const rest = [...larger, ...free];
  const [from, to] = [sumOf(rest, "lo"), sumOf(rest, "hi")];
  const found = new Set<number>();
  for (let small = 1; small <= Math.min(t, count - 1); small++) {
    const first = Math.max(t + 1, Math.ceil((least - t - to) / (count - small)));
    const last = Math.min(end, Math.floor((most - small - from) / (count - small)));
    if (last - first > MOST_NEXT) return null;
    for (let value = first; value <= last; value++) found.add(value);
  }
  const reach = blanks.reduce((top, { hi }) => Math.max(top, hi), 0);
  return [...found].filter((value) => value <= reach).sort((a, b) => a - b);
}

/** Blanks that can be the next larger number or must not be, by their bounds. */
interface Alike {
  readonly item: Item;
  readonly members: readonly Member[];
  /** How many of them can be among the small ones. */
  readonly count: number;
}

function alsoNext(table: StarTable, next: number): readonly Way[] {
  const { blanks, larger, free, threshold: t } = table;
  const alike = alikeBlanks(blanks, next, t);
  const rest = [...larger.map((each) => ({ ...each, lo: Math.max(each.lo, next + 1) })), ...free];
  if (alike === null || rest.some(({ lo, hi }) => lo > hi)) return [];
  const items = alike.flatMap(({ item, count }) => Array.from({ length: count }, () => item));
  const choices = new SmallChoices(items, t);
  const [from, to] = [sumOf(rest, "lo"), sumOf(rest, "hi")];
  return choices.all.flatMap((small): readonly Way[] => {
    if (small.count === 0 || small.count === blanks.length) return [];
    const own = (blanks.length - small.count) * next + small.sum;
    return [
      {
        totals: [own + from, own + to],
        assign: (total) => [...chosen(alike, choices, small, next), ...spread(rest, total - own)],
      },
    ];
  });
}

/** Null where some blank can be neither, or more must be small than can be. */
function alikeBlanks(
  blanks: readonly Member[],
  next: number,
  threshold: number,
): readonly Alike[] | null {
  const byBounds = new Map<string, Member[]>();
  for (const blank of blanks) {
    const key = `${blank.lo}-${blank.hi}`;
    const own = byBounds.get(key);
    if (own === undefined) byBounds.set(key, [blank]);
    else own.push(blank);
  }
  const alike: Alike[] = [];
  for (const members of byBounds.values()) {
    const [lo, hi] = [Math.max(1, members[0]?.lo ?? 0), members[0]?.hi ?? 0];
    const [isSmall, isNext] = [lo <= Math.min(threshold, hi), lo <= next && next <= hi];
    if (!isSmall && !isNext) return null;
    if (!isNext && members.length > threshold) return null;
    const item = { lo, hi: Math.min(threshold, hi), isForced: !isNext };
    alike.push({ item, members, count: isSmall ? Math.min(members.length, threshold) : 0 });
  }
  return alike;
}

function chosen(
  alike: readonly Alike[],
  choices: SmallChoices,
  small: Small,
  next: number,
): Assignment {
  const values = choices.values(small);
  let start = 0;
  return alike.flatMap(({ members, count }) => {
    const own = values.slice(start, start + count);
    start += count;
    return members.map(({ variable }, at) => [variable, own[at] ?? next] as const);
  });
}
