/** Groups of a cohort counted by DuckDB while it reads the file: far faster than reading every row here. */
import { ProblemError } from "../../base/problems.ts";
import type { AskGroups, CountableColumns, CountedFile, GroupsWanted } from "../cohort-groups.ts";
import { findColumns } from "../csv/csv-header.ts";
import type { PatientMix } from "../patient-mix.ts";
import { PATIENT_ID } from "../whole-cohort.ts";
import { dateFacts } from "./date-facts.ts";
import { askAbout } from "./duckdb-reader.ts";
import { canLabel, groupLabels } from "./group-labels.ts";
import type { GroupLabels } from "./group-labels.ts";
import { countGroups } from "./group-query.ts";
import { isCountable, numbersToCount } from "./countable-numbers.ts";
import type { CountableNumbers } from "./countable-numbers.ts";
import { factsOf, mustAddUp, openParquetFile } from "./parquet-file.ts";
import type { OpenParquet } from "./parquet-file.ts";
import { COUNTABLE_DAY } from "./read-column.ts";
import type { FileColumn, Reading } from "./reading.ts";

/** Ways of grouping are told apart by a bit for each key. */
const MOST_KEYS = 32;

/**
 * See `countCohort`. Null where sums would depend on the order of the rows, where a column has values that are read
 * in a way of their own, and where anything is wrong with the file: who reads the rows tells in which of them.
 */
export async function countParquet(
  file: string,
  ask: AskGroups,
  threads: number,
): Promise<CountedFile | null> {
  const open = await openParquetFile(file, threads);
  try {
    return await askAbout(file, () => counted(open, ask));
  } catch (error) {
    // What DuckDB says beside what a file can be the cause of is a bug, which reading the rows would hide.
    if (error instanceof ProblemError) return null;
    throw error;
  } finally {
    open.db.close();
  }
}

async function counted(reading: OpenParquet, ask: AskGroups): Promise<CountedFile | null> {
  const asked = ask(countableColumns(reading));
  if (asked === null || asked.wanted.keys.length > MOST_KEYS) return null;
  const { wanted, mix } = asked;
  const named = columnFinder(reading, wanted, mix !== null);
  const keys = wanted.keys.map(named);
  if (!keys.every(canLabel)) return null;
  const numbers = wanted.numbers.map(named);
  const id = mix === null ? null : named(PATIENT_ID);
  await mustAddUp(reading.db, reading.file, [...keys, ...numbers, ...(id === null ? [] : [id])]);
  const countable = await numbersToCount(reading, numbers, id);
  if (countable === null) return null;
  const labels = await labelsOf(reading, keys, wanted);
  return countGroups(
    reading,
    { sets: wanted.sets, most: wanted.most, labels },
    mixing(countable, mix),
  );
}

function countableColumns({ columns }: OpenParquet): CountableColumns {
  const names = columns.map(({ name }) => name);
  const once = columns.filter(({ name }) => names.indexOf(name) === names.lastIndexOf(name));
  return new Map(
    once.map((column) => [column.name, { asNumber: isCountable(column), asKey: canLabel(column) }]),
  );
}

/** Ids of more than 53 bits are not marked. */
function mixing(countable: CountableNumbers, mix: PatientMix | null) {
  const { numbers, id } = countable;
  return { numbers, mixed: mix === null || id === null ? null : { mix, id: id.column } };
}

/** Problems: missing-file-column, repeated-file-column. */
function columnFinder(
  { file, columns }: OpenParquet,
  wanted: GroupsWanted,
  isMixed: boolean,
): (name: string) => FileColumn {
  const names = columns.map(({ name }) => name);
  const ids = isMixed ? [PATIENT_ID] : [];
  const asked = { numbers: [...wanted.numbers, ...ids], texts: wanted.keys };
  const fieldOf = findColumns(file, names, asked);
  return (name) => {
    const column = columns[fieldOf(name)];
    if (column === undefined) throw new Error("a column is found by its name");
    return column;
  };
}

async function labelsOf(
  reading: Reading,
  keys: readonly FileColumn[],
  { numbers }: GroupsWanted,
): Promise<readonly GroupLabels[]> {
  const haveDays = keys.some(({ type }) => COUNTABLE_DAY.test(type));
  const nothing = { dateFormats: "", arrowSchema: "" };
  const facts = haveDays
    ? await factsOf(reading.db, reading.file)
    : dateFacts(reading.file, nothing);
  const labels: GroupLabels[] = [];
  for (const column of keys) {
    const isAdded = numbers.includes(column.name);
    labels.push(await groupLabels(reading, column, { facts, isAdded }));
  }
  return labels;
}
