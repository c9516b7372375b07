/** Coded events in both systems, and the ranges that laboratories gave with some. */
import { mixedCodes, slotTable, withHabitualCodes, withNumbers } from "../code-slots.ts";
import { insertInto } from "../insert.ts";
import { UNKNOWN_DAY } from "../period.ts";
import { identifier, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { ctv3Codes } from "../vocabulary/ctv3.ts";
import { snomedCodes } from "../vocabulary/snomed.ts";
import { SEEN_YEARS, drawsOf, moment, secondOfDay, timeline } from "../world.ts";
import type { Draws } from "../draws.ts";
import type { TableMaker, World } from "../world.ts";

/** CTV3 holds fewer, measurements above all; more where a study looks there. */
function ctv3Share({ codes }: World): number {
  return Math.min(0.8, 0.15 + 0.03 * (codes.groups.ctv3?.length ?? 0));
}

/** Three events of one consultation share the day, most of them the minute. */
const PER_CONSULTATION = 3;

export const codedEvents: TableMaker = {
  tables: ["CodedEvent_SNOMED", "CodedEvent", "CodedEventRange"],
  start: ({ codes: { groups } }) => [
    ...slotTable("snomed", mixedCodes(snomedCodes, groups.snomed ?? [])),
    ...slotTable("ctv3", mixedCodes(ctv3Codes, groups.ctv3 ?? [])),
  ],
  block: (world) => [
    snomedEvents(world),
    ctv3Events(world),
    ranges(world, "CodedEvent_SNOMED"),
    ranges(world, "CodedEvent"),
  ],
};

function snomedEvents(world: World): Sql {
  const draws = drawsOf(world, "CodedEvent_SNOMED");
  const perYear = world.eventsPerPatient / SEEN_YEARS;
  return insertInto(
    "CodedEvent_SNOMED",
    {
      Patient_ID: sql`id`,
      CodedEvent_ID: sql`k * 2`,
      CodingSystem: sql`0`,
      NumericValue: sql`number`,
      ConsultationDate: recordedAt(draws),
      ConceptID: sql`code`,
    },
    events(draws, "snomed", perYear),
  );
}

function ctv3Events(world: World): Sql {
  const draws = drawsOf(world, "CodedEvent");
  const perYear = (world.eventsPerPatient * ctv3Share(world)) / SEEN_YEARS;
  return insertInto(
    "CodedEvent",
    {
      Patient_ID: sql`id`,
      // Both tables have numbers of their own, which ranges refer to.
      CodedEvent_ID: sql`k * 2 + 1`,
      CTV3Code: sql`code`,
      NumericValue: sql`number`,
      ConsultationDate: recordedAt(draws),
    },
    events(draws, "ctv3", perYear),
  );
}

/** A twentieth of the numbers was not recorded, which these databases store as 0. */
function events(draws: Draws, slots: string, perYear: number): Sql {
  const ofDay = { second: secondOfDay(draws, sql`d`) };
  const rows = timeline(draws, { perYear, perDay: PER_CONSULTATION, ofDay });
  const coded = withHabitualCodes(draws, rows, slots);
  return withNumbers(draws, coded, draws.chance("no value", sql`k`, 0.05));
}

/** Mostly the time of the consultation; some days are unknown, and a few are not recorded at all. */
function recordedAt(draws: Draws): Sql {
  const odd = (share: number): Sql => draws.chance("odd date", sql`k`, share);
  const later = sql`CASE WHEN ${draws.chance("later", sql`k`, 0.3)} THEN k % 3 * 60 ELSE 0 END`;
  return sql`CASE WHEN ${odd(0.005)} THEN CASE WHEN ${odd(0.0005)} THEN NULL ELSE TIMESTAMP ${UNKNOWN_DAY} END
    ELSE ${moment(sql`(second + ${later})`)} END`;
}

/** A quarter of the numbers came with the range that the laboratory holds for usual. */
function ranges(world: World, table: "CodedEvent" | "CodedEvent_SNOMED"): Sql {
  const draws = drawsOf(world, "CodedEventRange");
  const bound = (factor: number, word: string): Sql =>
    sql`CASE WHEN ${draws.chance(word, sql`k`, 0.1)} THEN -1 ELSE round(value * ${factor}, 1) END`;
  const inexact = draws.chance("inexact", sql`k`, 0.1);
  const events = sql`SELECT "CodedEvent_ID" AS k, "NumericValue" AS value FROM ${identifier(table)}
    WHERE "NumericValue" > 0 AND "Patient_ID" BETWEEN (SELECT min(id) FROM work.people)
      AND (SELECT max(id) FROM work.people)`;
  return insertInto(
    "CodedEventRange",
    {
      CodedEventRange_ID: sql`k`,
      CodedEvent_ID: sql`k`,
      Comparator: sql`CASE WHEN ${inexact} THEN 3 + ${draws.below("comparator", sql`k`, 6)} ELSE 4 END`,
      LowerBound: bound(0.8, "no lower"),
      UpperBound: bound(1.2, "no upper"),
    },
    sql`(${events}) WHERE ${draws.chance("has", sql`k`, 0.25)}`,
  );
}
