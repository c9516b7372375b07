/** The renal registry, the ISARIC study of COVID-19 in hospital, and the log of builds. */
import { isaricColumnTypes } from "../../definition/functions/isaric-columns.ts";
import { unreachable } from "../../base/problems.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { Draws } from "../draws.ts";
import { insertInto, insertRows } from "../insert.ts";
import { textList } from "../draws.ts";
import { drawsOf } from "../world.ts";
import type { TableMaker, World } from "../world.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

const DATASETS = ["2019prev", "2020prev", "2021prev", "2020inc", "2020ckd"];
const MODALITIES = ["ICHD", "ICHD", "HHD", "HD", "PD", "Tx"];

export const registers: TableMaker = {
  tables: ["UKRR", "ISARIC_Patient_Data_TopLine", "BuildProgress"],
  start: () => builds(),
  block: (world) => [renalRegistry(world), isaric(world)],
};

/** A patient is in a data set at most once. */
function renalRegistry(world: World): Sql {
  const draws = drawsOf(world, "UKRR");
  const key = sql`id * 8 + nr`;
  const started = sql`DATE '2005-01-01' + ${draws.below("start", sql`id`, 5400)}`;
  const everStarted = sql`${draws.chance("started", sql`id`, 0.8)} AND ${started} >= born`;
  return insertInto(
    "UKRR",
    {
      Patient_ID: sql`id`,
      dataset: sql`dataset`,
      renal_centre: sql`'RC' || (${draws.below("centre", sql`id`, 52)} + 1)::VARCHAR`,
      rrt_start: sql`CASE WHEN ${everStarted} THEN least(last_seen, ${started}) END`,
      mod_start: draws.oneOf("start", sql`id`, MODALITIES),
      mod_prev: draws.oneOf("now", key, MODALITIES),
      creat: sql`round(${draws.uniform("creatinine", key)} * 700 + 100)`,
      eGFR_ckdepi: sql`round(${draws.uniform("rate", key)} * 40 + 4, 1)`,
    },
    sql`(SELECT *, unnest(${textList(DATASETS)}) AS dataset, unnest(range(${DATASETS.length})) AS nr FROM work.people
      WHERE ${draws.chance("kidneys", sql`id`, 0.02)}) WHERE ${draws.chance("in", key, 0.6)}`,
  );
}

/** One patient in a hundred, alive in 2020 or born later; a row each. */
function isaric(world: World): Sql {
  const draws = drawsOf(world, "ISARIC_Patient_Data_TopLine");
  const columns = Object.entries(isaricColumnTypes).map(
    ([name, type]) => [name, isaricText(draws, name, type)] as const,
  );
  return insertInto(
    "ISARIC_Patient_Data_TopLine",
    { Patient_ID: sql`id`, ...Object.fromEntries(columns) },
    sql`work.people WHERE last_seen > '2020-03-01' AND (id % 499 = 7 OR ${draws.chance("in", sql`id`, 0.01)})`,
  );
}

/** A fifth of the values is missing, as nothing or as NA. */
function isaricText(draws: Draws, name: string, type: ValueType): Sql {
  const missing = draws.uniform(`${name} missing`, sql`id`);
  return sql`CASE WHEN ${missing} < 0.1 THEN '' WHEN ${missing} < 0.2 THEN 'NA' ELSE ${recorded(draws, name, type)} END`;
}

function recorded(draws: Draws, name: string, type: ValueType): Sql {
  switch (type) {
    case "date": {
      const day = sql`greatest(born, DATE '2020-03-01') + ${draws.below(name, sql`id`, 700)}`;
      return sql`strftime(least(last_seen, ${day}), '%d/%m/%Y')`;
    }
    case "int":
      return sql`(${draws.below(name, sql`id`, 120)})::VARCHAR`;
    case "float":
      return sql`round(${draws.uniform(name, sql`id`)} * 150, 1)::VARCHAR`;
    case "bool":
    case "str":
      return draws.oneOf(name, sql`id`, ["YES", "NO", "NO", "Unknown"]);
    default:
      return unreachable(type);
  }
}

/** The last build has ended: the database can be asked. */
function builds(): readonly Sql[] {
  const event = (name: string, start: string, end: string, minutes: number) => ({
    Event: sql`${name}`,
    BuildStart: sql`TIMESTAMP '2025-01-06 20:00:00'`,
    EventStart: sql`TIMESTAMP ${`2025-01-06 ${start}`}`,
    EventEnd: sql`TIMESTAMP ${`2025-01-07 ${end}`}`,
    Duration: sql`${minutes}`,
  });
  return insertRows("BuildProgress", [
    event("OpenSAFELY", "20:00:00", "08:00:00", 720),
    event("CodedEvent_SNOMED", "21:00:00", "02:30:00", 330),
    event("Swap Tables", "23:30:00", "07:45:00", 495),
  ]);
}
