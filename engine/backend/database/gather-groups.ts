/** Rows of groups as they come from the database, put together by the way of grouping that they are of. */
import { groupingId } from "../../sql/groups-statement.ts";
import type { Grouping } from "../../sql/groups-statement.ts";
import type { CohortColumn, ColumnValues } from "../../table/cohort-schema.ts";
import type { GroupRows } from "../backend.ts";
import { chunkCells, emptyColumn, wordTable } from "./column-store.ts";
import type { WordTable, Wording } from "./column-store.ts";
import type { ColumnChunk } from "./session.ts";

export interface GatheredGroups {
  readonly add: (chunk: ColumnChunk) => void;
  readonly groups: () => readonly GroupRows[];
  /** Whether a patient has several rows. */
  readonly repeats: () => boolean;
  /** A column of whole numbers with one that no cohort file could hold. */
  readonly tooLarge: () => string | null;
  /** Whether whole numbers have sums that do not depend on the order. */
  readonly sumsAreExact: () => boolean;
}

interface Columns {
  readonly schema: ReadonlyMap<string, CohortColumn>;
  readonly wording: (name: string) => Wording;
}

interface Gathering {
  rows: number;
  /** Patients of all rows. */
  all: number;
  readonly keys: readonly number[][];
  readonly patients: number[];
  readonly sums: readonly number[][];
}

export function gatherGroups(grouping: Grouping, columns: Columns): GatheredGroups {
  const { sets, numbers, countsIds } = grouping;
  const keys = grouping.keys.map((key) => keyColumn(key.name, columns));
  const ways = sets.map((set): Gathering => ({
    ...{ rows: 0, all: 0, keys: set.map(() => []), patients: [] },
    sums: numbers.map(() => []),
  }));
  const wayOf = new Map(sets.map((set, at) => [groupingId(set, keys.length), at]));
  const largest = numbers.map(() => 0);
  const firstKey = countsIds ? 3 : 2;
  const firstNumber = firstKey + keys.length;
  let areRepeated = false;
  let unsafeKey: string | null = null;
  const isWhole = (name: string): boolean => columns.schema.get(name)?.type !== "float";
  const add = (chunk: ColumnChunk): void => {
    const way = chunk.raw(0, Float64Array);
    const counts = chunk.raw(1, Float64Array);
    const ids = countsIds ? chunk.raw(2, Float64Array) : counts;
    const cells = keys.map(({ column, table }, at) =>
      chunkCells(column, { chunk, place: firstKey + at }, table),
    );
    const sums = numbers.map((_, at) => chunk.raw(firstNumber + 2 * at, Float64Array));
    const sizes = numbers.map((_, at) => chunk.raw(firstNumber + 2 * at + 1, Float64Array));
    for (let row = 0; row < chunk.rows; row++) {
      const count = counts[row] ?? 0;
      const at = wayOf.get(way[row] ?? 0) ?? -1;
      const [own, set] = [ways[at], sets[at]];
      // Of nobody there is a row of everybody.
      if (own === undefined || set === undefined || count === 0) continue;
      own.rows++;
      own.patients.push(count);
      own.all += count;
      areRepeated ||= ids[row] !== count;
      set.forEach((key, place) => {
        const value = cells[key]?.[row] ?? 0;
        own.keys[place]?.push(value);
        if (keys[key]?.column.type === "int" && !Number.isSafeInteger(value)) {
          unsafeKey = grouping.keys[key]?.name ?? null;
        }
      });
      sums.forEach((sum, number) => {
        own.sums[number]?.push(sum[row] ?? 0);
        largest[number] = Math.max(largest[number] ?? 0, sizes[number]?.[row] ?? 0);
      });
    }
  };
  return {
    add,
    groups: () =>
      ways.map(({ rows, ...own }, at) => ({
        rows,
        keys: (sets[at] ?? []).map((key, place) => finished(keys[key], own.keys[place] ?? [])),
        patients: Float64Array.from(own.patients),
        sums: own.sums.map((sum) => Float64Array.from(sum)),
      })),
    repeats: () => areRepeated,
    tooLarge: () => {
      const most = Number.MAX_SAFE_INTEGER;
      if (unsafeKey !== null) return unsafeKey;
      return numbers.find((name, at) => isWhole(name) && (largest[at] ?? 0) > most) ?? null;
    },
    sumsAreExact: () => {
      const patients = Math.max(0, ...ways.map(({ all }) => all));
      const most = (at: number): number => patients * (largest[at] ?? 0);
      return numbers.every((name, at) => !isWhole(name) || most(at) <= Number.MAX_SAFE_INTEGER);
    },
  };
}

interface KeyColumn {
  readonly column: ColumnValues;
  readonly table: WordTable;
}

/** A date comes as its text. */
function keyColumn(name: string, { schema, wording }: Columns): KeyColumn {
  const known = schema.get(name);
  const column: CohortColumn =
    known === undefined || known.type === "date" ? { name, type: "str" } : known;
  const table = wordTable(wording(name));
  return { table, column: emptyColumn(column, 0, table) };
}

function finished(key: KeyColumn | undefined, cells: readonly number[]): ColumnValues {
  if (key === undefined) throw new Error("no such key");
  const { column } = key;
  switch (column.type) {
    case "bool":
      return { type: column.type, values: Uint8Array.from(cells) };
    case "str":
      return { ...column, codes: Uint32Array.from(cells) };
    case "date":
      return { type: column.type, values: Int32Array.from(cells) };
    default:
      return { type: column.type, values: Float64Array.from(cells) };
  }
}
