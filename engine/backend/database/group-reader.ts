/** Groups of patients at an index date, counted in the database: a row that leaves it is of a group. */
import type { IsoDate } from "../../base/dates.ts";
import { KEYS_AT_ONCE, groupsStatement } from "../../sql/groups-statement.ts";
import type { Grouping } from "../../sql/groups-statement.ts";
import { querySql } from "../../sql/query.ts";
import { everybodyIdsStatement } from "../../sql/statements.ts";
import type { CohortAt } from "../../sql/statements.ts";
import { fail } from "../../table/problems.ts";
import { fail as failForOrder } from "../problems.ts";
import type { GroupRows, GroupsWanted } from "../backend.ts";
import { gatherGroups } from "./gather-groups.ts";
import type { GatheredGroups } from "./gather-groups.ts";
import { whileKept } from "./keep-tables.ts";
import { numberOf, patientBaseMaker } from "./patient-base.ts";
import type { Records } from "./records.ts";
import type { ToRead } from "./to-read.ts";
import { failForUses } from "./wrong-texts.ts";
import { wordingOf } from "./wording.ts";
import { cohortSchema } from "../cohort-columns.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";

/** What each way of grouping gives at an index date, in their order. Problems: duplicate-patients, number-too-large, sums-not-exact. */
export type GroupReader = (indexDate: IsoDate | null) => Promise<readonly GroupRows[]>;

export function groupReader(
  records: Records,
  { study, wanted }: { readonly study: CheckedStudy; readonly wanted: GroupsWanted },
  work: ToRead,
): GroupReader {
  const { plan, speaking, words } = work;
  const schema = new Map(cohortSchema(study).map((column) => [column.name, column]));
  const people = patientBaseMaker(records, work);
  const wording = wordingOf(plan, words);
  const hasFloats = wanted.numbers.some((name) => schema.get(name)?.type === "float");
  const mayRepeat = once(() => idsRepeat(records, work));
  const read = async (indexDate: IsoDate | null, part: GroupsWanted, inOrder: boolean) => {
    const number = numberOf(indexDate, plan);
    await people(number);
    const keys = part.keys.map((name) => {
      const column = schema.get(name);
      return { name, dateFormat: column?.type === "date" ? column.dateFormat : null };
    });
    const countsIds = await mayRepeat();
    // Of everybody too, where a patient's rows may be in different groups.
    const isOfAll = part.sets.some((set) => set.length === 0);
    const sets = countsIds && !isOfAll ? [...part.sets, []] : part.sets;
    const grouping: Grouping = { ...part, keys, sets, inOrder, countsIds };
    const gathered = gatherGroups(grouping, { schema, wording });
    if (inOrder || hasFloats) failUnlessInOrder(records, wanted);
    // Numbers that are added in order are added for all patients together.
    for (const range of inOrder || hasFloats ? [null] : work.ranges) {
      const at: CohortAt = { number, range, wordTypes: words.types };
      const { before, query } = groupsStatement(plan, speaking, { at, grouping });
      await whileKept(before, records, async () => {
        for await (const chunk of records.session.chunks(querySql(query))) gathered.add(chunk);
      });
    }
    return gathered;
  };
  const readAll: GroupReader = async (indexDate) => {
    const found: GroupRows[] = [];
    const file = `the cohort at ${indexDate ?? "no index date"}`;
    for (const part of partsOf(wanted)) {
      const first = await read(indexDate, part, false);
      refuse(first, file);
      const isExact = first.sumsAreExact();
      const groups = (isExact ? first : await read(indexDate, part, true)).groups();
      found.push(...groups.slice(0, part.sets.length));
    }
    return found;
  };
  return (indexDate) =>
    readAll(indexDate).catch((error: unknown) =>
      failForUses(records, work.uses, error, study.output),
    );
}

function refuse({ repeats, tooLarge }: GatheredGroups, file: string): void {
  if (repeats()) fail("duplicate-patients", { file });
  const column = tooLarge();
  if (column !== null) fail("number-too-large", { file, row: null, column });
}

/** Problem: sums-not-exact. */
function failUnlessInOrder({ dialect }: Records, { numbers }: GroupsWanted): void {
  if (dialect.sumInOrder === null) failForOrder("sums-not-exact", { columns: numbers });
}

/** Ways of grouping for one statement each; nearly always one. */
function partsOf({ keys, sets, numbers }: GroupsWanted): readonly GroupsWanted[] {
  const parts: { readonly used: Set<number>; readonly sets: (readonly number[])[] }[] = [];
  for (const set of sets) {
    const last = parts.at(-1);
    const together = new Set([...(last?.used ?? []), ...set]);
    if (last === undefined || together.size > KEYS_AT_ONCE) {
      parts.push({ used: new Set(set), sets: [set] });
    } else {
      last.sets.push(set);
      for (const key of set) last.used.add(key);
    }
  }
  return parts.map((part) => {
    const used = [...part.used];
    return {
      keys: used.map((key) => keys[key] ?? ""),
      sets: part.sets.map((set) => set.map((key) => used.indexOf(key))),
      numbers,
    };
  });
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
