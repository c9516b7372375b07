/** Groups of patients at an index date, counted in the database: a row that leaves it is of a group. */
import type { IsoDate } from "../../base/dates.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { groupCounts, groupingId, groupsWithin } from "../../sql/groups-statement.ts";
import type { Grouping } from "../../sql/groups-statement.ts";
import { querySql } from "../../sql/query.ts";
import { everybodyIdsStatement } from "../../sql/statements.ts";
import type { CohortColumn } from "../../table/cohort-schema.ts";
import { fail } from "../../table/problems.ts";
import { fail as failForOrder } from "../problems.ts";
import type { GroupRows, GroupsWanted } from "../../table/cohort-groups.ts";
import { cohortSchema } from "../cohort-columns.ts";
import { gatherGroups } from "./gather-groups.ts";
import type { GatheredGroups } from "./gather-groups.ts";
import { groupParts } from "./group-parts.ts";
import type { KeyColumns } from "./group-chunk.ts";
import { patientBaseMaker } from "./patient-base.ts";
import type { Records } from "./records.ts";
import type { ToRead } from "./to-read.ts";
import { addsInOrder, withGroups } from "./with-groups.ts";
import { wordingOf } from "./wording.ts";
import { failForUses } from "./wrong-texts.ts";

/** What each way of grouping gives at an index date, in their order. Problems: duplicate-patients, number-too-large, sums-not-exact. */
export type GroupReader = (indexDate: IsoDate | null) => Promise<readonly GroupRows[]>;

interface Reading extends KeyColumns {
  readonly records: Records;
  readonly work: ToRead;
  readonly people: (number: number) => Promise<void>;
  readonly mayRepeat: () => Promise<boolean>;
}

export function groupReader(
  records: Records,
  { study, wanted }: { readonly study: CheckedStudy; readonly wanted: GroupsWanted },
  work: ToRead,
): GroupReader {
  const reading: Reading = {
    ...{ records, work },
    schema: new Map(cohortSchema(study).map((column) => [column.name, column])),
    wording: wordingOf(work.plan, work.words),
    people: patientBaseMaker(records, work),
    mayRepeat: once(() => idsRepeat(records, work)),
  };
  const readAll: GroupReader = async (indexDate) => {
    const found: GroupRows[] = [];
    for (const part of groupParts(wanted))
      found.push(...(await readPart(part, indexDate, reading)));
    return found;
  };
  return (indexDate) =>
    readAll(indexDate).catch((error: unknown) =>
      failForUses(records, work.uses, error, study.output),
    );
}

async function readPart(
  part: GroupsWanted,
  indexDate: IsoDate | null,
  reading: Reading,
): Promise<readonly GroupRows[]> {
  const grouping = await groupingOf(part, reading);
  const first = await gather(grouping, part.most, indexDate, reading);
  refuse(first, `the cohort at ${indexDate ?? "no index date"}`);
  const withheld = new Set(first.withheld());
  const values =
    withheld.size === 0 ? [] : await valuesOf(grouping, [...withheld], indexDate, reading);
  const isExact = first.sumsAreExact();
  const inOrder = { ...grouping, inOrder: true };
  const last = isExact ? first : await gather(inOrder, part.most, indexDate, reading);
  return last.groups().flatMap((groups, at) => {
    const set = part.sets[at];
    if (set === undefined) return [];
    const tooMany = withheld.has(at) ? set.map((key) => values[key] ?? 0) : null;
    return [{ ...groups, tooMany }];
  });
}

/** Of everybody too: so it is seen that a way is withheld, and where a patient's rows are in different groups. */
async function groupingOf(part: GroupsWanted, { schema, mayRepeat }: Reading): Promise<Grouping> {
  const keys = part.keys.map((name) => ({ name, dateFormat: dateFormatOf(schema.get(name)) }));
  const isOfAll = part.sets.some((set) => set.length === 0);
  const sets = isOfAll ? part.sets : [...part.sets, []];
  return { keys, sets, numbers: part.numbers, inOrder: false, countsIds: await mayRepeat() };
}

function dateFormatOf(column: CohortColumn | undefined) {
  return column?.type === "date" ? column.dateFormat : null;
}

async function gather(
  grouping: Grouping,
  most: number,
  indexDate: IsoDate | null,
  reading: Reading,
): Promise<GatheredGroups> {
  const { records } = reading;
  const gathered = gatherGroups(grouping, reading);
  if (addsInOrder(grouping, reading)) failUnlessInOrder(records, grouping);
  await withGroups(grouping, indexDate, reading, async (groups) => {
    for await (const chunk of records.session.chunks(querySql(groupsWithin(most, groups)))) {
      gathered.add(chunk);
    }
  });
  return gathered;
}

/** How many values each key of some ways has; nothing else is asked for. */
async function valuesOf(
  grouping: Grouping,
  ways: readonly number[],
  indexDate: IsoDate | null,
  reading: Reading,
): Promise<readonly number[]> {
  const used = new Set(ways.flatMap((way) => grouping.sets[way] ?? []));
  const single = { ...grouping, sets: [...used].map((key) => [key]), numbers: [] };
  const counts = new Map<number, number>();
  await withGroups(single, indexDate, reading, async (groups) => {
    for (const { way, n } of await reading.records.session.rows(querySql(groupCounts(groups)))) {
      counts.set(Number(way), Number(n));
    }
  });
  const { length } = grouping.keys;
  return grouping.keys.map((_, key) => counts.get(groupingId([key], length)) ?? 0);
}

function refuse({ repeats, tooLarge }: GatheredGroups, file: string): void {
  if (repeats()) fail("duplicate-patients", { file });
  const column = tooLarge();
  if (column !== null) fail("number-too-large", { file, row: null, column });
}

/** Problem: sums-not-exact. */
function failUnlessInOrder({ dialect }: Records, { numbers }: Grouping): void {
  if (dialect.sumInOrder === null) failForOrder("sums-not-exact", { columns: numbers });
}

/** Whether a patient may have several rows: then each cohort must be looked at. */
async function idsRepeat({ session }: Records, { plan, speaking }: ToRead): Promise<boolean> {
  const [row] = await session.rows(everybodyIdsStatement(plan, speaking));
  return Number(row?.["n"]) !== Number(row?.["different"]);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}
