/** Random patients and what is published of them. */
import fc from "fast-check";
import { allRows, added, atomsIn, atomsOf, columnsOf, labelsOf, print } from "./publication.ts";
import type {
  Cut,
  FactOf,
  KnownOf,
  Printed,
  Rounding,
  Rule,
  Setting,
  TableSpec,
  Truth,
} from "./publication.ts";
import { holds } from "./allowed-patients.ts";
import { isStatic } from "./every-truth.ts";
import type { Attacker } from "./every-truth.ts";

export interface Publication {
  readonly setting: Setting;
  readonly truth: Truth;
  readonly printed: readonly Printed[];
  readonly known: readonly KnownOf[];
  readonly attacker: Attacker;
  readonly policy: object;
}

export type Draw = <Value>(from: fc.Arbitrary<Value>) => Value;

const plain = { from: "shown", decimals: null } as const;
const none = { kind: "none", by: 0 } as const;

/** What is not left to chance. */
interface Chosen {
  /** How many values the axis `area` can have. */
  readonly sizes?: readonly number[];
  /** At one date only. */
  readonly cuts?: (values: readonly string[]) => readonly Cut[];
  readonly policy?: object;
}

export function drawPublication(draw: Draw, chosen: Chosen = {}): Publication {
  const one = <Value>(...values: readonly Value[]): Value => draw(fc.constantFrom(...values));
  const upTo = (most: number, least = 0): number => draw(fc.integer({ min: least, max: most }));
  const chance = (of: number): boolean => upTo(of - 1) === of - 1;
  const shape =
    chosen.sizes === undefined
      ? one([3], [4], [2, 2], [2, 3], [2], [2, 2], [3], [1, 3], [5])
      : [one(...chosen.sizes)];
  const axes = shape.map((size, at) => ({
    name: ["area", "sex"][at] ?? "x",
    values: ["a", "b", "c", "d", "e", "f"].slice(0, size),
  }));
  const atoms = shape.reduce((all, each) => all * each, 1);
  const area = axes[0]?.values ?? [];
  const cuts = chosen.cuts?.(area) ?? (chance(4) && area.length > 2 ? cutsOf(area, chance(2)) : []);
  const { names, facts } = quantitiesOf(one, chance, atoms);
  const isFollowed = chosen.cuts === undefined && chance(4);
  const dates = isFollowed && atoms <= 4 ? ["2021-01-01", "2021-02-01"] : ["2021-01-01"];
  const flags = names.filter(({ kind }) => kind === "flag").map(({ name }) => name);
  const columns = [...axes.map(({ name }) => name), ...cuts.map(({ column }) => column)];
  const time = {
    cohort:
      dates.length > 1
        ? one("changing" as const, "fixed" as const, "fixed" as const)
        : ("changing" as const),
    cumulative: facts.length === 0 ? flags.slice(0, 1).filter(() => !chance(3)) : [],
    static: columns.filter(() => !chance(3)),
  };
  const quantities = [{ name: "population", kind: "count" as const }, ...names];
  const most = one(4, 8, 10, 12);
  const rules = [ruleOf(one, chance), ruleOf(one, chance)];
  const base = { axes, cuts, quantities, facts, dates, time, tables: [] };
  const releases = chance(4) ? ["first", "second"] : ["first"];
  const tables: TableSpec[] = [];
  const add = (numerator: string, keys: readonly string[]): void => {
    const rule = one(...rules);
    const blanks = draw(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }));
    const mayBlank = rule.as === "withheld" ? true : rule.isOurs && chance(6);
    tables.push({
      ...{ id: `m${tables.length}`, release: one(...releases), numerator, keys, rule },
      denominator: chance(8)
        ? (names.find(({ name, kind }) => name !== numerator && kind === "flag")?.name ??
          "population")
        : "population",
      groups: one("all", "observed"),
      leavesBlank: (column, row) =>
        mayBlank &&
        blanks[(column * 3 + row) % 8] === true &&
        (rule.as === "withheld" || row % 2 === 0),
      noise: (column, row) =>
        (blanks[(column + row) % 8] === true ? 1 : -1) * Math.min(1, rule.rounding.by || 1),
    });
  };
  const count = upTo(4, 1);
  // Of numbers that no table shows in full far too many would be possible.
  if (!chance(4))
    add(
      one(...names).name,
      axes.map(({ name }) => name),
    );
  for (let at = 0; at < count; at++) {
    const numerator = one(...names).name;
    const keys = one(
      [],
      [],
      [one(...columns)],
      [one(...columns)],
      axes.filter(({ values }) => values.length > 0).map(({ name }) => name),
    );
    add(numerator, keys);
  }
  const setting: Setting = { ...base, tables };
  const truth = drawTruth(setting, { one, upTo, chance }, most, atoms);
  const printed = tables.flatMap((table) =>
    dates.map((_, date) => print(setting, table, truth, date)),
  );
  return {
    ...{ setting, truth, printed },
    known: chance(5) ? [knownOf(setting, truth, one, upTo)] : [],
    attacker: one("rules" as const, "rules" as const, "rules" as const, "sums" as const),
    policy: {
      small: one(3, 5, 7),
      minValues: one(2, 3, 3, 4),
      targets: one(["hidden"], ["hidden", "differences"], ["hidden", "complements", "differences"]),
      ...chosen.policy,
    },
  };
}

function cutsOf(values: readonly string[], isTwo: boolean) {
  const [first = "", ...rest] = values;
  const last = rest.at(-1) ?? "";
  const low = { column: "low", axis: "area", labels: { [first]: [first], rest } };
  const high = {
    column: "high",
    axis: "area",
    labels: { less: values.slice(0, -1), [last]: [last] },
  };
  return isTwo ? [low, high] : [low];
}

type One = <Value>(...values: readonly Value[]) => Value;
type UpTo = (most: number, least?: number) => number;
type Chance = (of: number) => boolean;

function quantitiesOf(one: One, chance: Chance, atoms: number) {
  const flag = (name: string) => ({ name, kind: "flag" as const });
  if (chance(4) && atoms <= 4) {
    const facts = one<readonly FactOf[]>(
      [{ subset: ["y", "x"] }],
      [{ disjoint: ["x", "y"] }],
      [{ complement: ["x", "y"] }],
      [{ sum: ["z", ["x", "y"]] }],
      [{ disjoint: ["x", "y"] }, { disjoint: ["y", "z"] }, { disjoint: ["x", "z"] }],
      [{ subset: ["x", "y"] }, { subset: ["y", "z"] }],
      [{ subset: ["z", "x"] }, { subset: ["z", "y"] }],
      [{ disjoint: ["x", "y"] }, { subset: ["z", "y"] }],
      [{ complement: ["x", "y"] }, { subset: ["z", "y"] }],
      [{ subset: ["x", "z"] }, { subset: ["y", "z"] }, { disjoint: ["x", "y"] }],
      [{ sum: ["z", ["x", "y"]] }, { complement: ["z", "w"] }],
    );
    const named = JSON.stringify(facts);
    return {
      facts,
      names: ["x", "y", "z", "w"].filter((name) => named.includes(`"${name}"`)).map(flag),
    };
  }
  const names = one(
    [flag("x")],
    [flag("x")],
    [flag("x"), flag("y")],
    [flag("x")],
    [{ name: "v", kind: "count" as const }],
  );
  return { facts: [] as readonly FactOf[], names };
}

function ruleOf(one: One, chance: Chance): Rule {
  const threshold = one(null, 2, 3, 5, 3, 5);
  const rounding = one<Rounding>(
    none,
    none,
    none,
    { kind: "multiple" as const, by: one(2, 5) },
    { kind: "midpoint6" as const, by: 6 },
  );
  if (!chance(3))
    return { isOurs: true, threshold, secondary: true, as: "blank", rounding, value: plain };
  return {
    isOurs: false,
    threshold,
    secondary: chance(3),
    as: one("blank", "star", "zero", "withheld"),
    rounding: one<Rounding>(rounding, rounding, { kind: "within" as const, by: 1 }),
    value: one<Rule["value"]>(
      plain,
      plain,
      { from: "raw" as const, decimals: null },
      { from: "raw" as const, decimals: one(1, 2) },
      { from: "shown" as const, decimals: one(1, 2) },
    ),
  };
}

interface Drawing {
  readonly one: One;
  readonly upTo: UpTo;
  readonly chance: Chance;
}

function drawTruth(
  setting: Setting,
  { upTo, chance }: Drawing,
  most: number,
  atoms: number,
): Truth {
  const { quantities, facts, dates, time } = setting;
  const flags = quantities.slice(1).filter(({ kind }) => kind === "flag");
  const isAllowed = (has: (name: string) => number): boolean =>
    facts.every((fact) => holds(fact, has));
  const kinds = Array.from({ length: 2 ** flags.length }, (_, mask) =>
    Object.fromEntries(flags.map(({ name }, at) => [name, (mask >> at) & 1])),
  ).filter((kind) => isAllowed((name) => kind[name] ?? 0));
  const patients = Array.from({ length: atoms }, () =>
    chance(10) ? upTo(2) : upTo(most, most > 6 ? 6 : 1),
  ).flatMap((n, atom) =>
    Array.from({ length: n }, () => ({ atom, kind: chance(2) ? 0 : upTo(kinds.length - 1) })),
  );
  const all = atomsOf(setting);
  const isFixed = time.cohort === "fixed";
  const frozen = setting.axes.map(({ name }) => isStatic(setting, name));
  return dates.map((_, date) => {
    if (date > 0)
      for (const patient of patients) {
        if (!isFixed || chance(3)) {
          const before = kinds[patient.kind] ?? {};
          const next = upTo(kinds.length - 1);
          const grows = time.cumulative.every(
            (name) => !isFixed || (kinds[next]?.[name] ?? 0) >= (before[name] ?? 0),
          );
          if (grows) patient.kind = next;
        }
        const atom = upTo(atoms - 1);
        const stays =
          !isFixed ||
          frozen.every((is, axis) => !is || all[atom]?.[axis] === all[patient.atom]?.[axis]);
        if (stays && chance(2)) patient.atom = atom;
      }
    const people = Array.from(
      { length: atoms },
      (_e, atom) => patients.filter((p) => p.atom === atom).length,
    );
    return quantities.map(({ name, kind }, at) => {
      if (at === 0) return people;
      if (kind === "count") return people.map((n) => (n === 0 ? 0 : upTo(12)));
      return people.map(
        (_n, atom) => patients.filter((p) => p.atom === atom && kinds[p.kind]?.[name] === 1).length,
      );
    });
  });
}

function knownOf(setting: Setting, truth: Truth, one: One, upTo: UpTo): KnownOf {
  const date = upTo(setting.dates.length - 1);
  const tables = setting.tables;
  const table = one(...tables);
  const { groups } = one(
    ...allRows(setting, table).filter((row) => isSeen(setting, truth, row.groups)),
  );
  const names = columnsOf(table).names;
  const quantity = one(...names);
  const at = setting.quantities.findIndex(({ name }) => name === quantity);
  const n = added(truth[date]?.[at] ?? [], atomsIn(setting, groups));
  const off = one(0, 0, 1);
  return {
    quantity,
    date: setting.dates[date] ?? "",
    groups,
    at_least: Math.max(0, n - off),
    at_most: n + off,
  };
}

/** A label that no file shows cannot be named. */
function isSeen(setting: Setting, truth: Truth, groups: Readonly<Record<string, string>>): boolean {
  return Object.entries(groups).every(
    ([column, label]) =>
      truth.every((own) => added(own[0] ?? [], atomsIn(setting, { [column]: label })) > 0) &&
      label in labelsOf(setting, column).labels,
  );
}
