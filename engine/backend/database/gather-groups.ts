/** Rows of groups as they come from the database, put together by the way of grouping that they are of. */
import { groupingId } from "../../sql/groups-statement.ts";
import type { Grouping } from "../../sql/groups-statement.ts";
import type { GroupRows } from "../../table/cohort-groups.ts";
import { groupChunk, keyColumn, keyValues } from "./group-chunk.ts";
import type { GroupChunk, KeyColumn, KeyColumns } from "./group-chunk.ts";
import type { ColumnChunk } from "./session.ts";

export interface GatheredGroups {
  readonly add: (chunk: ColumnChunk) => void;
  readonly groups: () => readonly GroupRows[];
  /** Places of ways of which nothing came, though there are patients. */
  readonly withheld: () => readonly number[];
  /** Whether a patient has several rows. */
  readonly repeats: () => boolean;
  /** A column of whole numbers with one that no cohort file could hold. */
  readonly tooLarge: () => string | null;
  /** Whether whole numbers have sums that do not depend on the order. */
  readonly sumsAreExact: () => boolean;
}

/** Rows of one way of grouping. */
interface Way {
  readonly set: readonly number[];
  /** Patients of all rows. */
  all: number;
  readonly keys: readonly number[][];
  readonly patients: number[];
  readonly sums: readonly number[][];
}

interface Gathering {
  readonly grouping: Grouping;
  readonly keys: readonly KeyColumn[];
  readonly ways: readonly Way[];
  /** Of each number. */
  readonly largest: number[];
  areRepeated: boolean;
  unsafeKey: string | null;
}

/** One of the ways must be of everybody. */
export function gatherGroups(grouping: Grouping, columns: KeyColumns): GatheredGroups {
  const { sets, numbers } = grouping;
  const keys = grouping.keys.map((key) => keyColumn(key.name, columns));
  const ways = sets.map((set): Way => {
    return { set, all: 0, keys: set.map(() => []), patients: [], sums: numbers.map(() => []) };
  });
  const byId = new Map(ways.map((way) => [groupingId(way.set, keys.length), way]));
  const gathering: Gathering = {
    ...{ grouping, keys, ways, largest: numbers.map(() => 0) },
    ...{ areRepeated: false, unsafeKey: null },
  };
  const isWhole = (name: string): boolean => columns.schema.get(name)?.type !== "float";
  return {
    add: (chunk) => {
      const groups = groupChunk(chunk, grouping, keys);
      for (let row = 0; row < groups.rows; row++) {
        const way = byId.get(groups.way[row] ?? 0);
        // Of nobody there is a row of everybody.
        if (way !== undefined && groups.patients[row] !== 0) addRow(gathering, way, groups, row);
      }
    },
    groups: () => ways.map((way) => groupRows(gathering, way)),
    withheld: () => {
      const isAnybody = ways.some(({ all }) => all > 0);
      return ways.flatMap(({ all }, at) => (isAnybody && all === 0 ? [at] : []));
    },
    repeats: () => gathering.areRepeated,
    tooLarge: () => gathering.unsafeKey ?? tooLargeNumber(gathering, isWhole),
    sumsAreExact: () => sumsAreExact(gathering, isWhole),
  };
}

function addRow(gathering: Gathering, way: Way, groups: GroupChunk, row: number): void {
  const { keys, largest } = gathering;
  const count = groups.patients[row] ?? 0;
  way.patients.push(count);
  way.all += count;
  gathering.areRepeated ||= groups.ids[row] !== count;
  way.set.forEach((key, place) => {
    const value = groups.keys[key]?.[row] ?? 0;
    way.keys[place]?.push(value);
    if (keys[key]?.type === "int" && !Number.isSafeInteger(value)) {
      gathering.unsafeKey = keys[key].name;
    }
  });
  way.sums.forEach((sums, number) => {
    sums.push(groups.sums[number]?.[row] ?? 0);
    largest[number] = Math.max(largest[number] ?? 0, groups.sizes[number]?.[row] ?? 0);
  });
}

function groupRows({ keys }: Gathering, way: Way): GroupRows {
  return {
    rows: way.patients.length,
    keys: way.set.flatMap((key, place) => {
      const column = keys[key];
      return column === undefined ? [] : [keyValues(column, way.keys[place] ?? [])];
    }),
    patients: Float64Array.from(way.patients),
    sums: way.sums.map((sums) => Float64Array.from(sums)),
    tooMany: null,
  };
}

function tooLargeNumber(
  { grouping, largest }: Gathering,
  isWhole: (name: string) => boolean,
): string | null {
  const isTooLarge = (at: number): boolean => (largest[at] ?? 0) > Number.MAX_SAFE_INTEGER;
  return grouping.numbers.find((name, at) => isWhole(name) && isTooLarge(at)) ?? null;
}

function sumsAreExact(
  { grouping, ways, largest }: Gathering,
  isWhole: (name: string) => boolean,
): boolean {
  const patients = Math.max(0, ...ways.map(({ all }) => all));
  const most = (at: number): number => patients * (largest[at] ?? 0);
  return grouping.numbers.every(
    (name, at) => !isWhole(name) || most(at) <= Number.MAX_SAFE_INTEGER,
  );
}
