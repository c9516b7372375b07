/** What somebody publishes of a few patients, written from the rules as README tells them: the oracle of audits. */

export interface Rounding {
  readonly kind: "none" | "multiple" | "midpoint6" | "within";
  /** The multiple, or how far from the true number at most. */
  readonly by: number;
}

export interface Rule {
  readonly isOurs: boolean;
  readonly threshold: number | null;
  readonly secondary: boolean;
  readonly as: "blank" | "zero" | "star" | "withheld";
  readonly rounding: Rounding;
  readonly value: { readonly from: "shown" | "raw"; readonly decimals: number | null };
}

export interface Cut {
  readonly column: string;
  readonly axis: string;
  /** By label the values of the axis that it stands for. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
}

export interface TableSpec {
  readonly id: string;
  readonly release: string;
  readonly numerator: string;
  readonly denominator: string;
  /** Columns of labels; none for everybody. */
  readonly keys: readonly string[];
  readonly groups: "all" | "observed";
  readonly rule: Rule;
  /** Of what can be printed, which places the author leaves blank besides: a repair's, or another program's. */
  readonly leavesBlank: (column: number, row: number) => boolean;
  /** Noise, or which way a ratio that lies between two is printed. */
  readonly noise: (column: number, row: number) => number;
}

export type FactOf =
  | { readonly subset: readonly [string, string] }
  | { readonly disjoint: readonly [string, string] }
  | { readonly complement: readonly [string, string] }
  | { readonly sum: readonly [string, readonly string[]] };

export interface KnownOf {
  readonly quantity: string;
  readonly date: string;
  readonly groups: Readonly<Record<string, string>>;
  readonly at_least: number;
  readonly at_most: number;
}

export interface Setting {
  readonly axes: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly cuts: readonly Cut[];
  /** `population` first. */
  readonly quantities: readonly { readonly name: string; readonly kind: "flag" | "count" }[];
  readonly facts: readonly FactOf[];
  readonly dates: readonly string[];
  readonly time: {
    readonly cohort: "changing" | "fixed";
    readonly cumulative: readonly string[];
    readonly static: readonly string[];
  };
  readonly tables: readonly TableSpec[];
}

/** By date, quantity and atom: each combination of values of all axes is an atom. */
export type Truth = readonly (readonly (readonly number[])[])[];

/** For each atom its value of each axis. */
export function atomsOf({ axes }: Setting): readonly (readonly string[])[] {
  return axes.reduce<readonly (readonly string[])[]>(
    (all, { values }) => all.flatMap((before) => values.map((value) => [...before, value])),
    [[]],
  );
}

export function labelsOf(setting: Setting, column: string): Cut {
  const axis = setting.axes.find(({ name }) => name === column);
  if (axis !== undefined) {
    const labels = Object.fromEntries(axis.values.map((value) => [value, [value]]));
    return { column, axis: column, labels };
  }
  const cut = setting.cuts.find((each) => each.column === column);
  if (cut === undefined) throw new Error(`no column ${column}`);
  return cut;
}

/** Places of the atoms in these groups. */
export function atomsIn(
  setting: Setting,
  groups: Readonly<Record<string, string>>,
): readonly number[] {
  const wanted = Object.entries(groups).map(([column, label]) => {
    const { axis, labels } = labelsOf(setting, column);
    return [setting.axes.findIndex(({ name }) => name === axis), labels[label] ?? []] as const;
  });
  return [...atomsOf(setting).entries()]
    .filter(([, atom]) => wanted.every(([axis, values]) => values.includes(atom[axis] ?? "")))
    .map(([place]) => place);
}

export interface Row {
  readonly groups: Readonly<Record<string, string>>;
  readonly atoms: readonly number[];
}

/** Every combination of labels, the last changing fastest. */
export function allRows(setting: Setting, { keys }: TableSpec): readonly Row[] {
  const combined = keys.reduce<readonly Readonly<Record<string, string>>[]>(
    (all, column) =>
      all.flatMap((before) =>
        Object.keys(labelsOf(setting, column).labels)
          .sort()
          .map((label) => ({ ...before, [column]: label })),
      ),
    [{}],
  );
  return combined.map((groups) => ({ groups, atoms: atomsIn(setting, groups) }));
}

export function added(numbers: readonly number[], atoms: readonly number[]): number {
  return atoms.reduce((sum, at) => sum + (numbers[at] ?? 0), 0);
}

/** Rows that Cohortline writes, of `people` in each atom. */
export function ourRows(
  setting: Setting,
  table: TableSpec,
): (people: readonly number[]) => readonly Row[] {
  const all = allRows(setting, table);
  const { keys, groups: wanted } = table;
  if (keys.length === 0) return () => all;
  if (keys.length === 1 || wanted === "observed")
    return (people) => all.filter(({ atoms }) => added(people, atoms) > 0);
  const labelled = all.map((row) => ({
    row,
    labels: Object.entries(row.groups).map(([name, label]) => atomsIn(setting, { [name]: label })),
  }));
  return (people) =>
    labelled
      .filter(({ labels }) => labels.every((atoms) => added(people, atoms) > 0))
      .map(({ row }) => row);
}

/** Columns of numbers, and how many of them hide small ones. */
export function columnsOf({ numerator, denominator, keys, rule }: TableSpec): {
  readonly names: readonly string[];
  readonly hiding: number;
} {
  const counted = [...new Set([numerator, denominator])];
  const isBeside = rule.isOurs && keys.length === 0 && !counted.includes("population");
  return { names: isBeside ? [...counted, "population"] : counted, hiding: counted.length };
}

const NOTHING = new Set<number>();

/** Of the true numbers of a column, those that are hidden as small or beside small ones. */
export function hidden(numbers: readonly number[], { threshold, secondary }: Rule): Set<number> {
  const limit = threshold ?? 0;
  if (!numbers.some((n) => n >= 1 && n <= limit)) return NOTHING;
  const small = numbers.filter((n) => n >= 1 && n <= limit);
  const large = numbers.filter((n) => n > limit);
  const isMore = secondary && small.length > 0 && large.length > 0 && sum(small) <= limit;
  const most = isMore ? Math.min(...large) : limit;
  return new Set(
    [...numbers.keys()].filter((at) => (numbers[at] ?? 0) >= 1 && (numbers[at] ?? 0) <= most),
  );
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

export function rounded(n: number, { kind, by }: Rounding): number {
  if (kind === "multiple") return by * Math.floor(n / by + 0.5);
  if (kind === "midpoint6") return n === 0 ? 0 : 6 * Math.ceil(n / 6) - 3;
  return n;
}

export interface Printed {
  readonly table: TableSpec;
  /** Which of the dates. */
  readonly date: number;
  readonly rows: readonly Row[];
  /** By column and row; null where nothing is shown. */
  readonly numbers: readonly (readonly (number | null)[])[];
  /** Places that a repair has left blank. */
  readonly withheld: readonly ReadonlySet<number>[];
  readonly values: readonly string[];
}

export function print(setting: Setting, table: TableSpec, truth: Truth, date: number): Printed {
  const all = truth[date] ?? [];
  const rows = table.rule.isOurs ? ourRows(setting, table)(all[0] ?? []) : allRows(setting, table);
  const { names, hiding } = columnsOf(table);
  const raw = names.map((name) => {
    const at = setting.quantities.findIndex((each) => each.name === name);
    return rows.map(({ atoms }) => added(all[at] ?? [], atoms));
  });
  const withheld = raw.map(() => new Set<number>());
  const numbers = raw.map((own, column) => {
    const { rule } = table;
    const gone = column < hiding ? hidden(own, rule) : new Set<number>();
    return own.map((n, row) => {
      if (gone.has(row)) return rule.as === "zero" ? 0 : null;
      if (column < hiding && table.leavesBlank(column, row)) {
        if (rule.isOurs) withheld[column]?.add(row);
        return null;
      }
      if (rule.rounding.kind === "within") return Math.max(0, n + table.noise(column, row));
      return rounded(n, rule.rounding);
    });
  });
  const below = table.numerator === table.denominator ? 0 : 1;
  const values = rows.map((_, row) => {
    const { from, decimals } = table.rule.value;
    const of = from === "raw" ? raw : numbers;
    const [n, d] = [of[0]?.[row] ?? NaN, of[below]?.[row] ?? NaN];
    if (!(d > 0)) return "";
    return decimals === null ? pointed(n / d) : decimal(n / d, decimals, table.noise(0, row));
  });
  return { table, date, rows, numbers, withheld, values };
}

function pointed(value: number): string {
  return Number.isNaN(value) ? "" : Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Halves go either way. */
function decimal(value: number, decimals: number, noise: number): string {
  if (Number.isNaN(value)) return "";
  const scaled = value * 10 ** decimals;
  const isHalf = Math.abs(scaled - Math.floor(scaled) - 0.5) < 1e-9;
  const whole = isHalf ? Math.floor(scaled) + (noise > 0 ? 1 : 0) : Math.round(scaled);
  return (whole / 10 ** decimals).toFixed(decimals);
}
