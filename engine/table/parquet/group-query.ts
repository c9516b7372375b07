/** The statements that count the groups of a parquet file, and what comes of them. */
import type { ColumnChunk } from "../../duckdb/column-chunk.ts";
import type { CountedFile, GroupRows } from "../cohort-groups.ts";
import { mixedSql, SUM_RANGE } from "../patient-mix.ts";
import type { PatientMix } from "../patient-mix.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { CountableNumber } from "./countable-numbers.ts";
import { labelValues } from "./group-labels.ts";
import type { GroupLabels } from "./group-labels.ts";
import type { Reading } from "./reading.ts";

export interface GroupsToCount {
  readonly sets: readonly (readonly number[])[];
  readonly most: number;
  readonly labels: readonly GroupLabels[];
}

export interface NumbersToCount {
  readonly numbers: readonly CountableNumber[];
  /** With the column of the patients' ids; null where nothing is mixed. */
  readonly mixed: { readonly mix: PatientMix; readonly id: Sql } | null;
}

/** Null where a way of grouping has more groups than wanted. */
export async function countGroups(
  reading: Reading,
  groups: GroupsToCount,
  counting: NumbersToCount,
): Promise<CountedFile | null> {
  const ways = groups.sets.map((set) => noGroups(set, counting.numbers.length));
  const places = new Map(ways.map((way, at) => [wayNumber(way.set, groups.labels.length), at]));
  for await (const chunk of reading.db.chunks(groupsQuery(reading, groups, counting))) {
    addGroups(chunk, groups, (number) => ways[places.get(number) ?? -1]);
    if (ways.some(({ patients }) => patients.length > groups.most)) return null;
  }
  const mixed =
    counting.mixed === null
      ? null
      : {
          numbers: await mixedNumbers(reading, counting),
          groups: ways.map((way) => Float64Array.from(way.mixed)),
        };
  return { groups: ways.map((way) => rowsOf(way, groups.labels)), mixed };
}

interface Way {
  readonly set: readonly number[];
  readonly keys: readonly number[][];
  readonly patients: number[];
  readonly mixed: number[];
  readonly sums: readonly number[][];
}

function noGroups(set: readonly number[], numbers: number): Way {
  const sums = Array.from({ length: numbers }, (): number[] => []);
  return { set, keys: set.map(() => []), patients: [], mixed: [], sums };
}

function rowsOf({ set, keys, patients, sums }: Way, labels: readonly GroupLabels[]): GroupRows {
  return {
    rows: patients.length,
    keys: set.flatMap((key, place) => {
      const label = labels[key];
      return label === undefined ? [] : [labelValues(label, keys[place] ?? [])];
    }),
    patients: Float64Array.from(patients),
    sums: sums.map((own) => Float64Array.from(own)),
    tooMany: null,
  };
}

/** As GROUPING gives it: a bit for each key that is not in the set. */
function wayNumber(set: readonly number[], keys: number): number {
  let number = 0;
  for (let key = 0; key < keys; key++) number = number * 2 + (set.includes(key) ? 0 : 1);
  return number;
}

/** Columns of the result: the way, the patients, mixed, the labels, the sums. */
function groupsQuery(
  { table }: Reading,
  { sets, labels }: GroupsToCount,
  { numbers, mixed }: NumbersToCount,
): Sql {
  const keys = labels.map(({ column }) => column.column);
  const way = keys.length === 0 ? sql`0` : sql`grouping(${joinSql(keys, ", ")})`;
  const sums = numbers.map(({ column, isFlag }, at) => {
    const sum = isFlag ? sql`count_if(${column})` : sql`sum(${column})`;
    return sql`${sum}::DOUBLE AS ${word(`sum_${at}`)}`;
  });
  const ofMixed = mixed === null ? sql`0::DOUBLE` : remainder(sql`sum(mixed)`);
  const counts = [
    sql`${way}::DOUBLE AS way`,
    sql`count(*)::DOUBLE AS patients`,
    sql`${ofMixed} AS mixed_sum`,
  ];
  const grouping = sets.map(
    (set) =>
      sql`(${joinSql(
        set.flatMap((key) => keys[key] ?? []),
        ", ",
      )})`,
  );
  const grouped = sql`SELECT ${joinSql([...counts, ...keys, ...sums], ", ")} FROM ${mixedRows(table, mixed)}
    GROUP BY GROUPING SETS (${joinSql(grouping, ", ")})`;
  const values = labels.map(({ value }) => value);
  const shown = [
    ...[sql`way`, sql`patients`, sql`mixed_sum`, ...values],
    ...numbers.map((_, at) => word(`sum_${at}`)),
  ];
  return sql`SELECT ${joinSql(shown, ", ")} FROM (${grouped}) g`;
}

function mixedRows(table: Sql, mixed: NumbersToCount["mixed"]): Sql {
  if (mixed === null) return table;
  return sql`(SELECT *, ${mixedSql(mixed.mix, mixed.id)} AS mixed FROM ${table}) m`;
}

function remainder(sum: Sql): Sql {
  return sql`coalesce(${sum} % ${SUM_RANGE}, 0)::DOUBLE`;
}

function addGroups(
  chunk: ColumnChunk,
  { labels }: GroupsToCount,
  wayOf: (number: number) => Way | undefined,
): void {
  const numbersFrom = (place: number): Float64Array => chunk.raw(place, Float64Array);
  const [ways, patients, mixed] = [numbersFrom(0), numbersFrom(1), numbersFrom(2)];
  const codes = labels.map(({ codes: read }, key) => read(chunk, 3 + key));
  const sums = new Map<number, Float64Array>();
  for (let row = 0; row < chunk.rows; row++) {
    const way = wayOf(ways[row] ?? NaN);
    // Of a file without rows there is a group of everybody.
    if (way === undefined || patients[row] === 0) continue;
    way.patients.push(patients[row] ?? 0);
    way.mixed.push(mixed[row] ?? 0);
    way.set.forEach((key, place) => way.keys[place]?.push(codes[key]?.(row) ?? 0));
    way.sums.forEach((own, number) => {
      const place = 3 + labels.length + number;
      const values = sums.get(place) ?? numbersFrom(place);
      sums.set(place, values);
      own.push(values[row] ?? 0);
    });
  }
}

/** A value times a mixed number is exact in 64 bits up to it. */
const SHORT = 2 ** 27;

/** All patients, mixed and times each number. */
async function mixedNumbers(
  { db, table }: Reading,
  { numbers, mixed }: NumbersToCount,
): Promise<readonly number[]> {
  if (numbers.length === 0) return [];
  const sums = numbers.map(({ column, isFlag, size }, at) => {
    const whole = size < SHORT ? sql`${column}::BIGINT` : sql`${column}::HUGEINT`;
    const times = isFlag
      ? sql`CASE WHEN ${column} THEN mixed ELSE 0 END`
      : sql`CASE WHEN ${column} = 0 THEN 0 ELSE mixed * ${whole} END`;
    return sql`${remainder(sql`sum(${times})`)} AS ${word(`sum_${at}`)}`;
  });
  const query = sql`SELECT ${joinSql(sums, ", ")} FROM ${mixedRows(table, mixed)}`;
  const [row = {}] = await db.rows(query);
  return numbers.map((_, at) => {
    const sum = Number(row[`sum_${at}`]);
    return sum < 0 ? sum + SUM_RANGE : sum;
  });
}
