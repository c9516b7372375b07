/** The renal registry, the ISARIC study of COVID-19 in hospital, and the log of builds. */
import { isaricColumnTypes } from "../../definition/functions/isaric-columns.ts";
import { unreachable } from "../../base/problems.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { Draws } from "../draws.ts";
import { insertInto, insertRows } from "../insert.ts";
import { quoteTexts } from "../quote.ts";
import { drawsOf } from "../world.ts";
import type { TableMaker, World } from "../world.ts";

const DATASETS = ["2019prev", "2020prev", "2021prev", "2020inc", "2020ckd"];
const MODALITIES = ["ICHD", "ICHD", "HHD", "HD", "PD", "Tx"];

export const registers: TableMaker = {
  tables: ["UKRR", "ISARIC_Patient_Data_TopLine", "BuildProgress"],
  start: () => builds(),
  block: (world) => [renalRegistry(world), isaric(world)],
};

/** A patient is in a data set at most once. */
function renalRegistry(world: World): string {
  const draws = drawsOf(world, "UKRR");
  const key = "id * 8 + nr";
  const started = `DATE '2005-01-01' + ${draws.below("start", "id", 5400)}`;
  const everStarted = `${draws.chance("started", "id", 0.8)} AND ${started} >= born`;
  return insertInto(
    "UKRR",
    {
      Patient_ID: "id",
      dataset: "dataset",
      renal_centre: `'RC' || (${draws.below("centre", "id", 52)} + 1)::VARCHAR`,
      rrt_start: `CASE WHEN ${everStarted} THEN least(last_seen, ${started}) END`,
      mod_start: draws.oneOf("start", "id", MODALITIES),
      mod_prev: draws.oneOf("now", key, MODALITIES),
      creat: `round(${draws.uniform("creatinine", key)} * 700 + 100)`,
      eGFR_ckdepi: `round(${draws.uniform("rate", key)} * 40 + 4, 1)`,
    },
    `(SELECT *, unnest(${quoteTexts(DATASETS)}) AS dataset, unnest(range(${DATASETS.length})) AS nr FROM work.people
      WHERE ${draws.chance("kidneys", "id", 0.02)}) WHERE ${draws.chance("in", key, 0.6)}`,
  );
}

/** One patient in a hundred, alive in 2020 or born later; a row each. */
function isaric(world: World): string {
  const draws = drawsOf(world, "ISARIC_Patient_Data_TopLine");
  const columns = Object.entries(isaricColumnTypes).map(
    ([name, type]) => [name, isaricText(draws, name, type)] as const,
  );
  return insertInto(
    "ISARIC_Patient_Data_TopLine",
    { Patient_ID: "id", ...Object.fromEntries(columns) },
    `work.people WHERE last_seen > '2020-03-01' AND (id % 499 = 7 OR ${draws.chance("in", "id", 0.01)})`,
  );
}

/** A fifth of the values is missing, as nothing or as NA. */
function isaricText(draws: Draws, name: string, type: ValueType): string {
  const missing = draws.uniform(`${name} missing`, "id");
  return `CASE WHEN ${missing} < 0.1 THEN '' WHEN ${missing} < 0.2 THEN 'NA' ELSE ${recorded(draws, name, type)} END`;
}

function recorded(draws: Draws, name: string, type: ValueType): string {
  switch (type) {
    case "date": {
      const day = `greatest(born, DATE '2020-03-01') + ${draws.below(name, "id", 700)}`;
      return `strftime(least(last_seen, ${day}), '%d/%m/%Y')`;
    }
    case "int":
      return `(${draws.below(name, "id", 120)})::VARCHAR`;
    case "float":
      return `round(${draws.uniform(name, "id")} * 150, 1)::VARCHAR`;
    case "bool":
    case "str":
      return draws.oneOf(name, "id", ["YES", "NO", "NO", "Unknown"]);
    default:
      return unreachable(type);
  }
}

/** The last build has ended: the database can be asked. */
function builds(): readonly string[] {
  const event = (name: string, start: string, end: string, minutes: number) => ({
    Event: `'${name}'`,
    BuildStart: "TIMESTAMP '2025-01-06 20:00:00'",
    EventStart: `TIMESTAMP '2025-01-06 ${start}'`,
    EventEnd: `TIMESTAMP '2025-01-07 ${end}'`,
    Duration: String(minutes),
  });
  return insertRows("BuildProgress", [
    event("OpenSAFELY", "20:00:00", "08:00:00", 720),
    event("CodedEvent_SNOMED", "21:00:00", "02:30:00", 330),
    event("Swap Tables", "23:30:00", "07:45:00", 495),
  ]);
}
