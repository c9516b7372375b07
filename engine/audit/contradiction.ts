/** Tables that cannot all be true: the fewest of them, and the fewest of their figures, as far as that is found out soon. */
import type { Contradiction } from "./audit-result.ts";
import { contradictionWords } from "./contradiction-words.ts";
import type { PrintedFigure } from "./contradiction-words.ts";
import { figureName } from "./describe/figure-name.ts";
import type { PublishedTable } from "./describe/published-table.ts";
import type { World } from "./model/world.ts";
import { opened, settledAll, splitOf } from "./settle-world.ts";
import type { Asked } from "./settle-world.ts";

/** Of a world that has no solution. */
export function contradictionIn(world: World, asked: Asked): Contradiction {
  const tables = fewestOf([...world.tables], 1, Infinity, (fewer) =>
    contradict(world, fewer, asked),
  );
  const figures = figuresOf(world, tables, asked);
  const isAlone = world.known.length === 0 || contradict({ ...world, known: [] }, tables, asked);
  return {
    tables: tables.map(({ release, file, date }) => `${release.name}/${file} ${date}`),
    figures: figures.map(({ table, column, at }) => figureName(table, column, at)),
    says: contradictionWords(figures, isAlone),
  };
}

function contradict(
  { description, ...parts }: World,
  tables: readonly PublishedTable[],
  asked: Asked,
): boolean {
  if (tables.length === 0) return false;
  const open = opened(description, { ...parts, tables }, asked.policy, "linked");
  return settledAll({ ...open, targets: [] }, splitOf(open, asked), asked) === "contradiction";
}

/** Leaves out what is not needed, pieces of `size` first and then smaller ones, as long as so many more may be asked. */
function fewestOf<Item>(
  items: readonly Item[],
  size: number,
  most: number,
  isEnough: (fewer: readonly Item[]) => boolean,
): readonly Item[] {
  let [own, left] = [items, most];
  for (let piece = size; piece >= 1 && left > 0; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    for (let at = 0; at < own.length && left > 0; left--) {
      const fewer = [...own.slice(0, at), ...own.slice(at + piece)];
      if (isEnough(fewer)) own = fewer;
      else at += piece;
    }
  }
  return own;
}

const MOST_QUESTIONS = 60;

/** More of them say no more than their tables do. */
const MOST_CELLS = 200;

/** Numbers and values that disagree whatever the blanks are; all figures of the columns that are needed where only blanks tell. */
function figuresOf(
  world: World,
  tables: readonly PublishedTable[],
  asked: Asked,
): readonly PrintedFigure[] {
  const all = tables.flatMap(numbersOf);
  const isEnough = (kept: readonly PrintedFigure[]): boolean =>
    contradict(world, withOnly(tables, kept), asked);
  if (!isEnough(all)) {
    const cells = withFewestColumns(world, tables, asked).flatMap(cellsOf);
    return cells.length > MOST_CELLS ? [] : cells;
  }
  const bare = all.filter(({ column }) => column !== VALUE);
  const needed = isEnough(bare) ? bare : all;
  // The largest numbers stay: fewer of them are more than a total.
  const sorted = needed.toSorted((a, b) => a.number - b.number);
  const kept = fewestOf(sorted, Math.ceil(sorted.length / 2), MOST_QUESTIONS, isEnough);
  return needed.filter((figure) => kept.includes(figure));
}

/** Each is hidden by itself, so that columns that are not needed can be left out whole. */
function withFewestColumns(
  world: World,
  tables: readonly PublishedTable[],
  asked: Asked,
): readonly PublishedTable[] {
  const all = tables.flatMap((table) => table.columns.map((column) => ({ table, column })));
  const withColumns = (kept: readonly (typeof all)[number][]): readonly PublishedTable[] =>
    tables.flatMap((table) => {
      const columns = kept.filter((each) => each.table === table).map(({ column }) => column);
      if (columns.length === table.columns.length) return [table];
      return columns.length === 0 ? [] : [{ ...table, columns, values: [] }];
    });
  return withColumns(
    fewestOf(all, 1, MOST_QUESTIONS, (kept) => contradict(world, withColumns(kept), asked)),
  );
}

const VALUE = "value";

function numbersOf(table: PublishedTable): readonly PrintedFigure[] {
  const numbers = table.columns.flatMap(({ name, numbers: own }) =>
    own.flatMap((number, at) => (number === null ? [] : [{ table, column: name, at, number }])),
  );
  const values = table.values.flatMap((text, at) =>
    text === "" || text === "*" ? [] : [{ table, column: VALUE, at, number: NaN }],
  );
  return [...numbers, ...values];
}

function cellsOf(table: PublishedTable): readonly PrintedFigure[] {
  return table.columns.flatMap(({ name, numbers }) =>
    numbers.map((number, at) => ({ table, column: name, at, number: number ?? NaN })),
  );
}

/** The tables as if nobody knew what stands elsewhere in them, or why it does not. */
function withOnly(
  tables: readonly PublishedTable[],
  kept: readonly PrintedFigure[],
): readonly PublishedTable[] {
  return tables.map((table) => {
    const own = kept.filter((figure) => figure.table === table);
    const placesOf = (column: string): ReadonlySet<number> =>
      new Set(own.filter((figure) => figure.column === column).map(({ at }) => at));
    const values = placesOf(VALUE);
    return {
      ...table,
      measure: { ...table.measure, rule: { ...table.measure.rule, as: "withheld" } },
      columns: table.columns.map((column) => {
        const places = placesOf(column.name);
        const numbers = column.numbers.map((number, at) => (places.has(at) ? number : null));
        return { ...column, numbers, withheld: new Set() };
      }),
      values: table.values.map((text, at) => (values.has(at) ? text : "")),
    };
  });
}
