/** Small records in a real Trino and a study's folder, to run commands over a way that may break. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { sql } from "../../engine/text/sql.ts";
import { recordedFiles } from "../commands/recorded-workspace.ts";
import { cohortline, contentsOf, inWorkspace } from "../commands/workspace.ts";
import type { Ended } from "../commands/workspace.ts";
import { smallRecords } from "../database/small-records.ts";
import { trinoUrl } from "./ask-trino.ts";
import { overWay } from "./faulty-proxy.ts";
import type { Way } from "./faulty-proxy.ts";
import { loginsFolder } from "./logins.ts";
import { inTrinoSchema, writeTables } from "./trino-tables.ts";
import type { TrinoPlace } from "./trino-tables.ts";

export const origin = (await trinoUrl()) ?? "";
const isOurs = origin !== "" && loginsFolder() !== null;
/** Why such a test cannot run, or false. */
export const skip = isOurs ? false : "no Trino of test/trino/server.sh answers";

const names = ["Patient", "CodedEvent", "AllowedPatientsWithTypeOneDissent"];
const RANGE = "--index-date-range=2020-02-01 to 2020-03-01 by month";
/** A statement whose rows are those of a cohort file. */
export const OF_COHORT = /FROM cohort c\b/;

export interface Place extends TrinoPlace {
  readonly folder: string;
  /** Runs `generate_cohort`, as a user and with options of the URL, over a way. */
  readonly run: (how?: { user?: string; options?: string; way?: Way }) => Promise<Ended>;
  /** What of ours is in the schema. */
  readonly ours: () => Promise<readonly string[]>;
}

export function inRecords(act: (place: Place) => Promise<void>): Promise<void> {
  return inTrinoSchema(origin, async (place) => {
    await writeTables(place, tppTables, names, smallRecords(23));
    const { session, schema } = place;
    const ours: Place["ours"] = async () => {
      const found = await session.rows(
        sql`SELECT table_name AS n FROM memory.information_schema.tables WHERE table_schema = ${schema} AND table_name LIKE 'cohortline%'`,
      );
      return found.map(({ n }) => String(n)).sort();
    };
    await inWorkspace(recordedFiles, (folder) => {
      const run: Place["run"] = ({ user = "cohortline", options = "", way = {} } = {}) =>
        overWay(origin, way, (at) => {
          const url = `trino://${user}@${new URL(at).host}/memory/${schema}?attempts=2&${options}`;
          return cohortline(folder, ["generate_cohort", `--database-url=${url}`, RANGE]);
        });
      return act({ ...place, folder, run, ours });
    });
  });
}

/** All of the output folder, half-written files as well. */
export function output(folder: string): readonly string[] {
  return readdirSync(folder).includes("output") ? readdirSync(join(folder, "output")).sort() : [];
}

export function cohortsIn(folder: string): Readonly<Record<string, string>> {
  const files = Object.entries(contentsOf(join(folder, "output")));
  return Object.fromEntries(files.filter(([name]) => name.startsWith("input_")));
}

export function assertOne({ code, err }: Ended, expected: number, kind: string): void {
  assert.equal(code, expected, err);
  assert.deepEqual(err.match(/\[[a-z-]+\]/g), [`[${kind}]`], err);
}
