/** Whether true numbers of tables fit together: sums over shared labels, known numbers, flags, facts and dates. */
import { POPULATION } from "../../measures/measure-spec.ts";
import type { Description, Fact, Known } from "../describe/description.ts";
import type { PublishedTable } from "../describe/published-table.ts";
import type { WitnessTable } from "./witness.ts";

/** Two tables that count the same have the same sums over whatever labels they share. */
export function addUpAlike({ dimensions }: Description, a: WitnessTable, b: WitnessTable): boolean {
  if (a === b || a.table.date !== b.table.date) return true;
  const shared = sharedBlocks(dimensions, a.table, b.table);
  return a.table.columns.every(({ name }) => {
    if (!b.columns.has(name)) return true;
    const [left, right] = [sumsBy(a, name, shared.a), sumsBy(b, name, shared.b)];
    const isIn = (from: ReadonlyMap<string, number>, to: ReadonlyMap<string, number>): boolean =>
      [...from].every(([key, sum]) => (to.get(key) ?? 0) === sum);
    return isIn(left, right) && isIn(right, left);
  });
}

type Blocks = ReadonlyMap<string, (label: string) => string>;

/** For each shared column or dimension, the finest cut that both tables can be added up to. */
function sharedBlocks(
  dimensions: Description["dimensions"],
  a: PublishedTable,
  b: PublishedTable,
): { a: Blocks; b: Blocks } {
  const [ofA, ofB] = [
    new Map<string, (label: string) => string>(),
    new Map<string, (label: string) => string>(),
  ];
  for (const { name } of a.labels) {
    const dimension = dimensions.find((each) => Object.hasOwn(each.columns, name));
    const other = b.labels.find(
      (each) =>
        each.name === name ||
        (dimension !== undefined && Object.hasOwn(dimension.columns, each.name)),
    );
    if (other === undefined) continue;
    const blockOf = new Map((dimension?.values ?? []).map((value) => [value, value]));
    const [left, right] = [dimension?.columns[name] ?? {}, dimension?.columns[other.name] ?? {}];
    const join = (values: readonly string[]): void => {
      const blocks = values.map((value) => blockOf.get(value) ?? value);
      for (const [value, block] of blockOf)
        if (blocks.includes(block)) blockOf.set(value, blocks[0] ?? block);
    };
    for (const values of [...Object.values(left), ...Object.values(right)]) join(values);
    const reader =
      (labels: Readonly<Record<string, readonly string[]>>) =>
      (label: string): string =>
        blockOf.get(labels[label]?.[0] ?? label) ?? label;
    ofA.set(name, reader(left));
    ofB.set(other.name, reader(right));
  }
  return { a: ofA, b: ofB };
}

function sumsBy(
  { table, columns }: WitnessTable,
  name: string,
  blocks: Blocks,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  const order = [...blocks.keys()].map((column) =>
    table.labels.find((each) => each.name === column),
  );
  for (const [at, value] of (columns.get(name) ?? []).entries()) {
    const key = JSON.stringify(
      order.map((label) => blocks.get(label?.name ?? "")?.(label?.texts[at] ?? "")),
    );
    sums.set(key, (sums.get(key) ?? 0) + value);
  }
  return sums;
}

/** A known number of groups that the table shows, or of everybody. */
export function agrees({ table, columns }: WitnessTable, known: Known): boolean {
  const numbers = columns.get(known.quantity);
  const labels = Object.entries(known.groups).map(
    ([name, label]) => [table.labels.find((each) => each.name === name), label] as const,
  );
  const isElsewhere = known.date !== table.date || (known.data ?? table.data) !== table.data;
  if (numbers === undefined || isElsewhere || labels.some(([column]) => column === undefined))
    return true;
  const own = numbers.filter((_, at) =>
    labels.every(([column, label]) => column?.texts[at] === label),
  );
  const sum = own.reduce((all, each) => all + each, 0);
  return sum >= known.atLeast && sum <= known.atMost;
}

/** Row by row of two tables with the same labels: flags within people, facts, and what never goes back. */
export function isWithin(
  { facts, columns: kinds, time }: Description,
  a: WitnessTable,
  b: WitnessTable,
): boolean {
  const names = ({ labels }: PublishedTable): string => labels.map(({ name }) => name).join("\n");
  if (names(a.table) !== names(b.table)) return true;
  const [rowsOfA, rowsOfB] = [rowKeys(a.table), rowKeys(b.table)];
  const pairs = (x: string, y: string): readonly (readonly [number, number])[] =>
    (a.columns.get(x) ?? []).flatMap((value, at) => {
      const other = b.columns.get(y)?.[rowsOfB.rows.get(rowsOfA.keys[at] ?? "") ?? -1];
      return other === undefined ? [] : [[value, other] as const];
    });
  if (a.table.date !== b.table.date) {
    const isGrowing = ([before, after]: readonly [number, number]): boolean => before <= after;
    if (time.cohort !== "fixed" || a.table.date > b.table.date) return true;
    return time.cumulative.every(
      (name) =>
        !a.table.labels.every((l) => time.static.includes(l.name)) ||
        pairs(name, name).every(isGrowing),
    );
  }
  const isPossible = (name: string): boolean =>
    pairs(name, POPULATION).every(([count, people]) =>
      kinds[name] === "flag" ? count <= people : count === 0 || people > 0,
    );
  const isTrue = (fact: Fact): boolean => {
    if (fact.kind === "sum")
      return fact.parts.every((part) => pairs(part, fact.whole).every(([x, y]) => x <= y));
    if (fact.kind === "subset") return pairs(...fact.columns).every(([x, y]) => x <= y);
    return true;
  };
  return [...a.columns.keys()].every(isPossible) && facts.every(isTrue);
}

interface RowKeys {
  readonly keys: readonly string[];
  readonly rows: ReadonlyMap<string, number>;
}

const rowKeysOf = new WeakMap<PublishedTable, RowKeys>();

/** The labels of each row as one text, and the row of each text. Kept, for every witness has the same rows. */
function rowKeys(table: PublishedTable): RowKeys {
  const known = rowKeysOf.get(table);
  if (known !== undefined) return known;
  const keys = table.rows.map((_, at) =>
    JSON.stringify(table.labels.map(({ texts }) => texts[at])),
  );
  const made = { keys, rows: new Map(keys.map((key, at) => [key, at])) };
  rowKeysOf.set(table, made);
  return made;
}
