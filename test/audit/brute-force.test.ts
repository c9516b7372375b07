/** An audit against all true numbers there are: every table of small counts, published and sorted by what it prints. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { audit } from "../../engine/audit/audit.ts";
import { readDescription } from "../../engine/audit/describe/read-description.ts";
import { publishable } from "../../engine/measures/publishable.ts";
import type { MeasureSpec, Rounding } from "../../engine/measures/measure-spec.ts";
import { formatMeasure } from "../../engine/measures/write-measure.ts";

interface World {
  readonly says: string;
  readonly threshold: number;
  readonly rounding: Rounding | null;
  /** Counts that are looked at. */
  readonly most: number;
  /** Of each group. */
  readonly people: readonly number[];
  /** Which further table is published beside the one by groups. */
  readonly beside: "nothing" | "the total" | "pairs of groups";
}

const worlds: readonly World[] = [
  {
    says: "with a total",
    threshold: 5,
    rounding: null,
    most: 11,
    people: [11, 11, 11, 11],
    beside: "the total",
  },
  {
    says: "without a total",
    threshold: 4,
    rounding: null,
    most: 11,
    people: [9, 10, 11, 9],
    beside: "nothing",
  },
  {
    says: "with few people",
    threshold: 3,
    rounding: null,
    most: 8,
    people: [4, 6, 8, 7],
    beside: "the total",
  },
  {
    says: "rounded",
    threshold: 3,
    rounding: { to: 5 },
    most: 20,
    people: [900, 900, 900],
    beside: "the total",
  },
  {
    says: "with pairs",
    threshold: 3,
    rounding: null,
    most: 8,
    people: [8, 8, 8, 8],
    beside: "pairs of groups",
  },
];

const names = ["a", "b", "c", "d"];
const pairOf = (at: number): string => (at < 2 ? "ab" : "cd");

function specOf({ threshold, rounding }: World, id: string, key: string): MeasureSpec {
  const said = { threshold };
  const spec = { id, numerator: "ill", denominator: "population", group_by: [key] };
  return {
    ...{ ...spec, small_number_suppression: said },
    ...(rounding === null ? {} : { rounding }),
  };
}

function fileOf(
  world: World,
  [id, key]: readonly [string, string],
  labels: readonly string[],
  counts: readonly number[],
  people: readonly number[],
): string {
  const { table } = publishable({
    measure: specOf(world, id, key),
    labels: key === "population" ? [] : [{ name: key, values: labels }],
    rows: counts.length,
    columns: [
      { name: "ill", whole: true, values: Float64Array.from(counts) },
      { name: "population", whole: true, values: Float64Array.from(people) },
    ],
  });
  return [...formatMeasure(table)].join("");
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Files by name, without dates. */
function published(world: World, counts: readonly number[]): Readonly<Record<string, string>> {
  const { people, beside } = world;
  const groups = fileOf(world, ["groups", "group"], names.slice(0, counts.length), counts, people);
  if (beside === "nothing") return { groups };
  if (beside === "the total")
    return { groups, all: fileOf(world, ["all", "population"], [], [sum(counts)], [sum(people)]) };
  const halves = (all: readonly number[]) => [sum(all.slice(0, 2)), sum(all.slice(2))];
  const pairs = fileOf(world, ["pairs", "pair"], ["ab", "cd"], halves(counts), halves(people));
  return { groups, pairs };
}

/** By what is printed: for each group the counts that it can be. */
function allPublished(world: World): ReadonlyMap<string, readonly Set<number>[]> {
  const possible = new Map<string, Set<number>[]>();
  const visit = (counts: readonly number[]): void => {
    const most = world.people[counts.length];
    if (most === undefined) {
      const key = JSON.stringify(published(world, counts));
      const own = possible.get(key) ?? counts.map(() => new Set<number>());
      for (const [at, count] of counts.entries()) own[at]?.add(count);
      possible.set(key, own);
      return;
    }
    for (let count = 0; count <= Math.min(most, world.most); count++) visit([...counts, count]);
  };
  visit([]);
  return possible;
}

/** Whether something is hidden, and every count that prints so was looked at. */
function isWhole({ most, people }: World, text: string): boolean {
  const total = /"all":"[^"]*?\\n([0-9]+)/.exec(text)?.[1];
  const isSmall = people.every((each) => each <= most) || Number(total) + 2 <= most;
  return text.includes(",,") && isSmall;
}

const date = "2021-01-01";

function describedAs(world: World, files: Readonly<Record<string, string>>): string {
  const keys = { groups: "group", all: "population", pairs: "pair" } as const;
  const ids = Object.keys(files) as (keyof typeof keys)[];
  const dated = (text: string): string =>
    text
      .trimEnd()
      .split("\n")
      .map((row, at) => `${row},${at === 0 ? "date" : date}\n`)
      .join("");
  const values = names.slice(0, world.people.length);
  const own = (label: (at: number) => string): Record<string, string[]> => {
    const map: Record<string, string[]> = {};
    for (const [at, value] of values.entries()) (map[label(at)] ??= []).push(value);
    return map;
  };
  const columns = { group: own((at) => values[at] ?? ""), pair: own(pairOf) };
  const cut = { name: "cut", values, columns };
  return JSON.stringify({
    ...{ format: 1, policy: { small: world.threshold, minValues: 3, targets: ["hidden"] } },
    ...{ columns: { ill: { kind: "flag" } }, dimensions: ids.includes("pairs") ? [cut] : [] },
    releases: [
      {
        ...{ name: "r", study: "s", data: "d" },
        measures: ids.map((id) => specOf(world, id, keys[id])),
        files: Object.fromEntries(ids.map((id) => [`measure_${id}.csv`, dated(files[id] ?? "")])),
      },
    ],
  });
}

describe("an audit of what small tables can be", () => {
  for (const world of worlds) {
    it(`finds all possible values and no others, ${world.says}`, () => {
      const all = [...allPublished(world)].filter(([text]) => isWhole(world, text));
      const pick = fc.integer({ min: 0, max: all.length - 1 });
      const check = (at: number): void => {
        const [key, possible] = all[at] ?? ["{}", []];
        const files = JSON.parse(key) as Record<string, string>;
        const result = audit(readDescription(describedAs(world, files), "f"));
        const cells = result.cells.filter(({ groups }) => groups["group"] !== undefined);
        assert.ok(cells.length > 0 || world.beside !== "nothing", key);
        for (const cell of cells) {
          const own = possible[names.indexOf(cell.groups["group"] ?? "")] ?? new Set<number>();
          const values = [...own].sort((a, b) => a - b);
          const told = { min: values[0], max: values.at(-1), count: Math.min(3, values.length) };
          const verdict = ["exact", "narrow", "safe"][told.count - 1];
          assert.deepEqual(
            { min: cell.min, max: cell.max, verdict: cell.verdict },
            { min: told.min, max: told.max, verdict },
            `${JSON.stringify(cell.groups)} in ${key}`,
          );
          if (cell.values !== undefined) assert.deepEqual([...cell.values], values, key);
        }
      };
      fc.assert(fc.property(pick, check), { numRuns: 60, seed: 7 });
    });
  }
});
