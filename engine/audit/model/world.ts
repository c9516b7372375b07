/** One world as a model: the cells that can be related at all, and every equality that holds between them. */
import type { Description, Dimension, Fact, Known } from "../describe/description.ts";
import { POPULATION } from "../../measures/measure-spec.ts";
import { withMergedColumns } from "../describe/merged-dimensions.ts";
import { linkedColumns } from "../describe/linked-columns.ts";
import { fail } from "../problems.ts";
import type { PublishedTable } from "../describe/published-table.ts";
import { Cells, LARGEST_NODE } from "./cells.ts";
import type { Layout, Part } from "./cells.ts";
import { columnsOf } from "./columns.ts";
import type { Columns } from "./columns.ts";
import { Model } from "./model.ts";
import { closedNodes, maximalBelow } from "./nodes.ts";
import type { Node } from "./nodes.ts";

export interface WorldParts {
  readonly study: string;
  readonly data: string;
  readonly dates: readonly string[];
  readonly tables: readonly PublishedTable[];
  readonly known: readonly Known[];
  /** Those given, and those that the study says. */
  readonly dimensions: readonly Dimension[];
  /** Columns that may cut one number, in words. */
  readonly notLinked: readonly string[];
}

export interface World extends WorldParts {
  readonly description: Description;
  readonly model: Model;
  readonly cells: Cells;
  readonly columns: Columns;
  readonly shape: WorldShape;
}

/** Tables of the same study and data; dates apart unless the same patients are followed. */
export function worldsOf(
  description: Description,
  tables: readonly PublishedTable[],
): readonly WorldParts[] {
  const isFollowed = description.time.cohort === "fixed";
  const worlds = new Map<string, PublishedTable[]>();
  for (const table of tables) {
    const { data } = table;
    const { study } = table.release;
    const key = JSON.stringify([study, data, ...(isFollowed ? [] : [table.date])]);
    const found = worlds.get(key);
    if (found === undefined) worlds.set(key, [table]);
    else found.push(table);
  }
  return [...worlds.values()].map((own) => {
    const { data = "" } = own[0] ?? {};
    const { study = "" } = own[0]?.release ?? {};
    const dates = [...new Set(own.map(({ date }) => date))].sort();
    const isKnownHere = (known: Known): boolean =>
      (known.data ?? data) === data && dates.includes(known.date);
    const known = description.known.filter(isKnownHere);
    const { dimensions: linked, notLinked } = linkedColumns(own);
    const dimensions = withMergedColumns([...description.dimensions, ...linked], own);
    return { study, data, dates, tables: own, known, dimensions, notLinked };
  });
}

/**
 * `joint` lays every quantity out by all axes at once, which misses nothing but is large; `alone` leaves out that
 * nothing is counted of more people than there are, which is seldom needed to work a number out.
 */
export type WorldShape = "linked" | "joint" | "alone";

export function openWorld(given: Description, parts: WorldParts, shape: WorldShape): World {
  const description = { ...given, dimensions: parts.dimensions };
  const others: Record<string, string[]> = {};
  for (const { groups } of parts.known) {
    for (const [name, label] of Object.entries(groups)) (others[name] ??= []).push(label);
  }
  const model = new Model();
  const columns = columnsOf(description.dimensions, parts.tables, others);
  // Of some of the tables only, what is known in groups that none of them has says nothing.
  const known = parts.known.filter(({ groups }) =>
    Object.keys(groups).every((name) => columns.of.has(name)),
  );
  const world = { ...parts, known, description, shape, model, cells: new Cells(model), columns };

  const nodes = nodesOf(world, shape === "joint");
  for (const date of parts.dates) layOut(world, nodes, date);
  for (const one of known) {
    const { variable } = world.cells.at(one, knownParts(world, one));
    model.restrict(variable, { lo: one.atLeast, hi: one.atMost, gap: 0 });
  }
  return world;
}

/** What the labels of each row restrict, kept for all tables with the same labels. */
interface KnownRows {
  readonly labels: PublishedTable["labels"];
  readonly parts: RowParts;
}

export type RowParts = readonly (readonly Part[])[];

const knownRows = new WeakMap<Columns, KnownRows[]>();

/** For each row of the table, what its labels restrict; the same array for the same labels. Problem: audit-label-unknown. */
export function rowParts({ columns }: Pick<World, "columns">, table: PublishedTable): RowParts {
  const { labels, rows } = table;
  const all = knownRows.get(columns) ?? [];
  const isSame = (own: KnownRows): boolean =>
    own.parts.length === rows.length &&
    own.labels.length === labels.length &&
    own.labels.every(
      ({ name, texts }, at) => name === labels[at]?.name && texts === labels[at].texts,
    );
  const found = all.find(isSame);
  if (found !== undefined) return found.parts;
  const parts = readParts(columns, table);
  knownRows.set(columns, [...all, { labels, parts }]);
  return parts;
}

function readParts(columns: Columns, { labels, rows, release, file }: PublishedTable): RowParts {
  const known = labels.map(({ name }) => columns.of.get(name));
  return rows.map((row, at) =>
    labels.map(({ name, texts }, place) => {
      const column = known[place];
      const places = column?.labels.get(texts[at] ?? "");
      if (column !== undefined && places !== undefined) return { axis: column.axis, places };
      const dimension = column?.axis.name ?? name;
      return fail("audit-label-unknown", {
        release: release.name,
        file,
        row,
        column: name,
        dimension,
      });
    }),
  );
}

function knownParts({ columns }: World, { groups }: Known): readonly Part[] {
  return Object.entries(groups).flatMap(([name, label]) => {
    const column = columns.of.get(name);
    const places = column?.labels.get(label);
    return column === undefined || places === undefined ? [] : [{ axis: column.axis, places }];
  });
}

/** Every counted column, those of facts included, and `population`. */
export function quantitiesOf({
  tables,
  description,
  known,
}: WorldParts & { description: Description }): readonly string[] {
  const printed = tables.flatMap(({ columns }) => columns.map(({ name }) => name));
  const all = new Set([POPULATION, ...printed, ...known.map(({ quantity }) => quantity)]);
  // A fact can name what another fact is about.
  for (let before = 0; before < all.size;) {
    before = all.size;
    for (const names of description.facts.map(factColumns))
      if (names.some((name) => all.has(name))) for (const name of names) all.add(name);
  }
  return [...all];
}

/** The columns that a fact is about, first the one that it is said of. */
export function factColumns(fact: Fact): readonly string[] {
  return fact.kind === "sum" ? [fact.whole, ...fact.parts] : fact.columns;
}

/** By quantity; quantities that facts relate are laid out alike, and `population` as all of them. */
function nodesOf(world: World, isJoint: boolean): ReadonlyMap<string, readonly Node[]> {
  const quantities = quantitiesOf(world);
  const real = world.columns.axes.filter(({ values }) => values.length > 1);
  const printed = new Map<string, Node[]>(
    quantities.map((name) => [name, isJoint ? subsetsOf(real) : []]),
  );
  const use = (name: string, parts: readonly Part[]): void => {
    printed
      .get(name)
      ?.push([...new Set(parts.map(({ axis }) => axis))].filter((axis) => real.includes(axis)));
  };
  for (const table of world.tables) {
    const [first] = rowParts(world, table);
    if (first === undefined) continue;
    for (const { name } of table.columns) use(name, first);
    use(POPULATION, first);
  }
  for (const known of world.known) use(known.quantity, knownParts(world, known));
  for (let round = 0; round < quantities.length; round++) {
    for (const fact of world.description.facts) {
      const names = factColumns(fact).filter((name) => printed.has(name));
      const all = names.flatMap((name) => printed.get(name) ?? []);
      for (const name of names) printed.set(name, [...new Set(all)]);
    }
  }
  printed.set(POPULATION, [...printed.values()].flat());
  return new Map([...printed].map(([name, nodes]) => [name, closedNodes(nodes)]));
}

/** All sums of what is laid out by all axes: they follow from it, and what limits them is found sooner. */
function subsetsOf(axes: Node): Node[] {
  let all: Node[] = [[]];
  for (const axis of axes.slice(0, MOST_SUMMED)) all = all.flatMap((own) => [own, [...own, axis]]);
  return [...all, axes];
}

const MOST_SUMMED = 5;

function layOut(
  { cells, model }: World,
  nodes: ReadonlyMap<string, readonly Node[]>,
  date: string,
) {
  for (const [quantity, own] of nodes) {
    for (const node of own) {
      const size = node.reduce((product, { values }) => product * values.length, 1);
      if (size <= LARGEST_NODE) cells.layOut({ quantity, date }, node);
    }
    for (const node of own) {
      for (const below of maximalBelow(node, own))
        addUpTo(
          model,
          cells.layout({ quantity, date }, node),
          cells.layout({ quantity, date }, below),
        );
    }
  }
}

/** Each cell of the coarser layout is the sum of its cells in the finer one. */
function addUpTo(model: Model, finer: Layout | undefined, coarser: Layout | undefined): void {
  if (finer === undefined || coarser === undefined) return;
  const within: number[][] = Array.from({ length: coarser.size }, () => []);
  const kept = finer.node.map((axis) => coarser.node.includes(axis));
  for (let index = 0; index < finer.size; index++) {
    let [at, rest, stride] = [0, index, 1];
    for (let axis = finer.node.length - 1; axis >= 0; axis--) {
      const length = finer.node[axis]?.values.length ?? 1;
      if (kept[axis] === true) {
        at += (rest % length) * stride;
        stride *= length;
      }
      rest = Math.floor(rest / length);
    }
    within[at]?.push(finer.first + index);
  }
  for (const [at, parts] of within.entries()) model.addUp(coarser.first + at, parts);
}
