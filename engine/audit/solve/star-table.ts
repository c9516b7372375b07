/** One column of one table whose numbers add up to a total: which totals are possible, and numbers for each. */
import type { Range, Ranges } from "./intervals.ts";
import { union } from "./intervals.ts";
import { SmallChoices } from "./small-choices.ts";
import type { Item, Small } from "./small-choices.ts";
import { spread } from "./spread-numbers.ts";
import type { Alike, Assignment, Turn } from "./spread-numbers.ts";

export interface StarTable {
  /** Hidden; those that are known too. */
  readonly blanks: readonly Alike[];
  /** Not known and larger than the threshold: larger than whatever is hidden beside small numbers. */
  readonly larger: readonly Alike[];
  /** Not known, and tied by the total only. */
  readonly free: readonly Alike[];
  /** 0 where nothing is hidden. */
  readonly threshold: number;
  /** The smallest number shown that is over the threshold. */
  readonly smallestShown: number;
}

/** Some way in which the numbers can be hidden, with the totals that it allows. */
interface Way {
  readonly totals: Range;
  readonly assign: (total: number, turn: Turn) => Assignment;
}

/** More values of the next larger number than this are not looked at one by one. */
const MOST_NEXT = 4000;

/** Null where there are too many ways to look at. */
export function totalsOf(table: StarTable, within: Range): Ranges | null {
  const ways = waysOf(table, within);
  return ways === null ? null : union(ways.map(({ totals }) => totals));
}

/** Of a total that is possible. Each turn gives most of them another number. */
export function numbersFor(table: StarTable, total: number, turn: Turn): Assignment {
  const ways = waysOf(table, [total, total]) ?? [];
  const way = ways.find(({ totals: [lo, hi] }) => lo <= total && total <= hi);
  return way?.assign(total, turn) ?? [];
}

/** The same table where one number is known. */
export function withKnown(table: StarTable, variable: number, value: number): StarTable {
  const known = (all: readonly Alike[]): readonly Alike[] => {
    const own = all.find(({ variables }) => variables.includes(variable));
    if (own === undefined) return all;
    const others = { ...own, variables: own.variables.filter((each) => each !== variable) };
    const kept = all.filter((each) => each !== own);
    if (others.variables.length > 0) kept.push(others);
    return [...kept, { lo: value, hi: value, variables: [variable] }];
  };
  const { blanks, larger, free } = table;
  return { ...table, blanks: known(blanks), larger: known(larger), free: known(free) };
}

/** The same table; where none but small numbers can be hidden, all that is hidden has the bounds of these. */
export function narrowed(table: StarTable, within: Range): StarTable {
  const { blanks, threshold } = table;
  if (blanks.length === 0 || nextLarger(table, within)?.length !== 0) return table;
  const small = blanks.map(({ variables, lo, hi }) => ({
    ...{ variables, lo: Math.max(1, lo) },
    hi: Math.min(threshold, hi),
  }));
  if (small.some(({ lo, hi }) => lo > hi)) return table;
  const merged = new Map<string, Alike>();
  for (const { lo, hi, variables } of small) {
    const key = `${lo} ${hi}`;
    const before = merged.get(key)?.variables ?? [];
    merged.set(key, { lo, hi, variables: [...before, ...variables] });
  }
  return { ...table, blanks: [...merged.values()] };
}

function waysOf(table: StarTable, within: Range): readonly Way[] | null {
  const next = nextLarger(table, within);
  if (next === null) return null;
  const small = onlySmall(table);
  return [...(small === null ? [] : [small]), ...next.flatMap((value) => alsoNext(table, value))];
}

const sumOf = (all: readonly Alike[], end: "lo" | "hi"): number =>
  all.reduce((sum, alike) => sum + alike[end] * alike.variables.length, 0);

const countOf = (all: readonly Alike[]): number =>
  all.reduce((count, { variables }) => count + variables.length, 0);

function onlySmall(table: StarTable): Way | null {
  const { blanks, threshold: t, larger, smallestShown } = table;
  const hidden = blanks.map(({ variables, lo, hi }) => ({
    ...{ variables, lo: Math.max(1, lo) },
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
    assign: (total, turn) => {
      const own = Math.min(most, Math.max(least, total - from));
      return [...spread(hidden, own, turn), ...spread(rest, total - own, turn)];
    },
  };
}

/** Which next larger numbers can be hidden beside small ones, ascending. */
function nextLarger(table: StarTable, [least, most]: Range): readonly number[] | null {
  const { blanks, larger, free, threshold: t, smallestShown } = table;
  const count = countOf(blanks);
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
interface Choosing {
  readonly item: Item;
  readonly variables: readonly number[];
  /** How many of them can be among the small ones. */
  readonly count: number;
}

function alsoNext(table: StarTable, next: number): readonly Way[] {
  const { blanks, larger, free, threshold: t } = table;
  const choosing = choosingOf(blanks, next, t);
  const rest = [...larger.map((each) => ({ ...each, lo: Math.max(each.lo, next + 1) })), ...free];
  if (choosing === null || rest.some(({ lo, hi }) => lo > hi)) return [];
  const items = choosing.flatMap(({ item, count }) => Array.from({ length: count }, () => item));
  const choices = new SmallChoices(items, t);
  const [from, to] = [sumOf(rest, "lo"), sumOf(rest, "hi")];
  const all = countOf(blanks);
  return choices.all.flatMap((small): readonly Way[] => {
    if (small.count === 0 || small.count === all) return [];
    const own = (all - small.count) * next + small.sum;
    return [
      {
        totals: [own + from, own + to],
        assign: (total, turn) => [
          ...chosen(choosing, choices, small, next),
          ...spread(rest, total - own, turn),
        ],
      },
    ];
  });
}

/** Null where some blank can be neither, or more must be small than can be. */
function choosingOf(
  blanks: readonly Alike[],
  next: number,
  threshold: number,
): readonly Choosing[] | null {
  const choosing: Choosing[] = [];
  for (const { variables, lo: least, hi } of blanks) {
    const lo = Math.max(1, least);
    const [isSmall, isNext] = [lo <= Math.min(threshold, hi), lo <= next && next <= hi];
    if (!isSmall && !isNext) return null;
    if (!isNext && variables.length > threshold) return null;
    const item = { lo, hi: Math.min(threshold, hi), isForced: !isNext };
    choosing.push({ item, variables, count: isSmall ? Math.min(variables.length, threshold) : 0 });
  }
  return choosing;
}

function chosen(
  choosing: readonly Choosing[],
  choices: SmallChoices,
  small: Small,
  next: number,
): Assignment {
  const values = choices.values(small);
  let start = 0;
  return choosing.flatMap(({ variables, count }) => {
    const own = values.slice(start, start + count);
    start += count;
    return variables.map((variable, at) => [variable, own[at] ?? next] as const);
  });
}
