/** All true numbers that can stand behind what is published, one after the other. */
import { printsSo } from "./prints-so.ts";
import type { Counts } from "./prints-so.ts";
import { added, atomsIn, atomsOf, columnsOf, sum } from "./publication.ts";
import { tuplesOf } from "./allowed-patients.ts";
import type { KnownOf, Printed, Setting, Truth } from "./publication.ts";

export type Attacker = "rules" | "sums";

export interface Sought {
  readonly setting: Setting;
  readonly printed: readonly Printed[];
  readonly known: readonly KnownOf[];
  readonly attacker: Attacker;
  /** No number of an atom above this is looked at. */
  readonly most: number;
}

/** How the search ended. */
export interface Searched {
  /** Whether there can be no others, because what is printed allows no number above `most`. */
  readonly isWhole: boolean;
}

interface Range {
  readonly date: number;
  readonly quantity: number;
  readonly atoms: readonly number[];
  readonly lo: number;
  readonly hi: number;
}

/** Tells `see` of each; what it is given changes afterwards. Null where that would take too many steps. */
export function everyTruth(
  sought: Sought,
  see: (truth: Truth) => void,
  steps: number,
): Searched | null {
  const { setting } = sought;
  const { slots, isWhole } = slotsOf(sought);
  const atoms = atomsOf(setting).length;
  const truth = setting.dates.map(() =>
    setting.quantities.map(() => Array.from({ length: atoms }, () => 0)),
  );
  const prints = setting.dates.map((_, date) => printsSo(sought, date));
  let left = steps;
  const visit = (at: number): boolean => {
    const slot = slots[at];
    if (slot === undefined) {
      see(truth);
      return true;
    }
    const { date, atom } = slot;
    const own = truth[date] ?? [];
    const isDateDone = (): boolean =>
      prints[date]?.(own) === true && isInTime(setting, truth, date);
    for (const tuple of slot.tuples) {
      if (--left < 0) return false;
      if (!isShared(slot, own, tuple)) continue;
      for (const [quantity, numbers] of own.entries()) numbers[atom] = tuple[quantity] ?? 0;
      if (atom === atoms - 1 && !isDateDone()) continue;
      if (!visit(at + 1)) return false;
    }
    return true;
  };
  return visit(0) ? { isWhole } : null;
}

function isShared({ shared }: Slot, own: Counts, tuple: readonly number[]): boolean {
  return shared.every(({ quantity, before, least, hi }) =>
    within(added(own[quantity] ?? [], before) + (tuple[quantity] ?? 0), least, hi),
  );
}

/** Date by date, atom by atom: what each can be, and what it must be beside those before it. */
function slotsOf(sought: Sought): { readonly slots: readonly Slot[]; readonly isWhole: boolean } {
  const { setting, most } = sought;
  const ranges = [...rangesOf(sought)];
  const atoms = [...atomsOf(setting).keys()];
  const limits = limitsOf(sought, ranges, atoms.length);
  const quantities = [...setting.quantities.keys()];
  const places = setting.dates.flatMap((_, date) => atoms.map((atom) => ({ date, atom })));
  const tuples = tuplesOf(setting, most);
  const slots = places.map(({ date, atom }): Slot => {
    const own = ranges.filter((each) => each.date === date && each.atoms.includes(atom));
    const isAllowed = (tuple: readonly number[]): boolean =>
      quantities.every((at) => (tuple[at] ?? 0) <= limits(date, at, atom)) &&
      own.every(
        ({ quantity, atoms: of, lo, hi }) => of.length > 1 || within(tuple[quantity] ?? 0, lo, hi),
      );
    const shared = own.flatMap(({ quantity, atoms: of, lo, hi }) => {
      const behind = of.filter((each) => each > atom);
      const more = behind.map((each) => Math.min(most, limits(date, quantity, each)));
      return { quantity, before: of.filter((each) => each < atom), least: lo - sum(more), hi };
    });
    return { date, atom, tuples: tuples.filter(isAllowed), shared };
  });
  const isWhole = places.every(({ date, atom }) =>
    quantities.every((quantity) => limits(date, quantity, atom) <= most),
  );
  return { slots, isWhole };
}

interface Slot {
  readonly date: number;
  readonly atom: number;
  readonly tuples: readonly (readonly number[])[];
  readonly shared: readonly {
    readonly quantity: number;
    readonly before: readonly number[];
    readonly least: number;
    readonly hi: number;
  }[];
}

function within(n: number, lo: number, hi: number): boolean {
  return n >= lo && n <= hi;
}

/** What each printed number allows by itself. */
function* rangesOf({ setting, printed, known, attacker }: Sought): Generator<Range> {
  for (const { table, date, rows, numbers, withheld } of printed) {
    const { names, hiding } = columnsOf(table);
    for (const [column, name] of names.entries()) {
      const quantity = setting.quantities.findIndex((each) => each.name === name);
      for (const [row, { atoms }] of rows.entries()) {
        const n = numbers[column]?.[row] ?? null;
        if (n === null) {
          const { as, threshold, secondary } = table.rule;
          const isSmall = attacker === "rules" && as !== "withheld" && column < hiding;
          if (isSmall && withheld[column]?.has(row) !== true)
            yield { date, quantity, atoms, lo: 1, hi: secondary ? Infinity : (threshold ?? 0) };
          continue;
        }
        const isZero = n === 0 && table.rule.as === "zero" && column < hiding;
        const least = isZero ? (table.rule.threshold ?? 0) : 0;
        const { kind, by } = table.rule.rounding;
        const off = kind === "none" ? 0 : kind === "midpoint6" ? 3 : by;
        // A zero of a rule that hides as 0 and more beside it can be any number.
        const isAny = isZero && table.rule.secondary;
        yield {
          date,
          quantity,
          atoms,
          lo: n - off,
          hi: isAny ? Infinity : Math.max(n + off, least),
        };
      }
    }
  }
  for (const { quantity: name, date: day, groups, at_least: lo, at_most: hi } of known) {
    const quantity = setting.quantities.findIndex((each) => each.name === name);
    yield { date: setting.dates.indexOf(day), quantity, atoms: atomsIn(setting, groups), lo, hi };
  }
}

/** The largest number that an atom can have. */
function limitsOf({ setting }: Sought, ranges: readonly Range[], atoms: number) {
  const flags = setting.quantities.map(({ kind }) => kind === "flag");
  const own = (date: number, quantity: number, atom: number): number =>
    Math.min(
      ...ranges
        .filter((each) => each.date === date && each.quantity === quantity)
        .filter((each) => each.atoms.includes(atom))
        .map(({ hi }) => hi),
    );
  const table = setting.dates.map((_, date) =>
    setting.quantities.map((_q, quantity) =>
      Array.from({ length: atoms }, (_each, atom) => own(date, quantity, atom)),
    ),
  );
  return (date: number, quantity: number, atom: number): number => {
    const mine = table[date]?.[quantity]?.[atom] ?? Infinity;
    const people = table[date]?.[0]?.[atom] ?? Infinity;
    return flags[quantity] === true && quantity > 0 ? Math.min(mine, people) : mine;
  };
}

/** The same patients at each date; who had something before has it still. */
function isInTime(setting: Setting, truth: Truth, date: number): boolean {
  const { time, axes, quantities } = setting;
  if (time.cohort !== "fixed" || date === 0) return true;
  const fixed = axes.flatMap(({ name }, at) => (isStatic(setting, name) ? [at] : []));
  const groups = new Map<string, number[]>();
  for (const [place, atom] of atomsOf(setting).entries()) {
    const key = fixed.map((axis) => atom[axis]).join("|");
    groups.set(key, [...(groups.get(key) ?? []), place]);
  }
  return [...groups.values()].every((atoms) =>
    quantities.every(({ name }, quantity) => {
      const [before, now] = [date - 1, date].map((at) =>
        added(truth[at]?.[quantity] ?? [], atoms),
      ) as [number, number];
      if (quantity === 0) return before === now;
      return !time.cumulative.includes(name) || before <= now;
    }),
  );
}

/** A column of the axis, or every column that cuts it. */
export function isStatic({ cuts, time }: Setting, axis: string): boolean {
  const own = cuts.filter((cut) => cut.axis === axis).map(({ column }) => column);
  return (own.length === 0 ? [axis] : own).every((name) => time.static.includes(name));
}
