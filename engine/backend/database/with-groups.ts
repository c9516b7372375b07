/** Groups of patients in the database, whether patients are counted at once or some at a time. */
import type { IsoDate } from "../../base/dates.ts";
import { everyGroup, groupsOf, mergedGroups } from "../../sql/groups-statement.ts";
import type { Grouping, Groups } from "../../sql/groups-statement.ts";
import type { PatientRange } from "../../sql/render-table.ts";
import { whileKept } from "./keep-tables.ts";
import { numberOf } from "./patient-base.ts";
import type { Records } from "./records.ts";
import type { KeyColumns } from "./group-chunk.ts";
import type { ToRead } from "./to-read.ts";

interface Counting extends Pick<KeyColumns, "schema"> {
  readonly records: Records;
  readonly work: ToRead;
  readonly people: (number: number) => Promise<void>;
}

const GROUPS = "groups_so_far";

/** Calls `act` while the groups are there, each of them once. */
export async function withGroups(
  grouping: Grouping,
  indexDate: IsoDate | null,
  counting: Counting,
  act: (groups: Groups) => Promise<void>,
): Promise<void> {
  const { records, people, work } = counting;
  const { plan, speaking, words } = work;
  const number = numberOf(indexDate, plan);
  await people(number);
  const groupsIn = (range: PatientRange): Groups =>
    groupsOf(plan, speaking, { at: { number, range, wordTypes: words.types }, grouping });
  const ranges = rangesFor(grouping, counting);
  const [only = null, ...others] = ranges;
  if (others.length > 0) return whileCollected(ranges.map(groupsIn), records, act);
  const groups = groupsIn(only);
  return whileKept(groups.before, records, () => act(groups));
}

/** Groups of each range in one table, where those that several have become one. */
async function whileCollected(
  parts: readonly Groups[],
  records: Records,
  act: (groups: Groups) => Promise<void>,
): Promise<void> {
  const { session, dialect } = records;
  try {
    for (const [at, groups] of parts.entries()) {
      const statement = (at === 0 ? dialect.keep : dialect.append)(GROUPS, everyGroup(groups));
      await whileKept(groups.before, records, () => session.run(statement));
    }
    await act(mergedGroups(dialect.keptTable(GROUPS), parts[0]?.columns ?? [], dialect));
  } finally {
    await session.run(dialect.discard(GROUPS));
  }
}

/** Numbers that are added in order are added for all patients together. */
function rangesFor(grouping: Grouping, counting: Counting) {
  return addsInOrder(grouping, counting) ? [null] : counting.work.ranges;
}

export function addsInOrder(
  { numbers, inOrder }: Grouping,
  { schema }: Pick<KeyColumns, "schema">,
): boolean {
  return inOrder || numbers.some((name) => schema.get(name)?.type === "float");
}
