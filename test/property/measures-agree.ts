/** Whether random measures that a database counts are those of cohort files, and what leaves the database meanwhile. */
import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { isoDateOf } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { openRecords } from "../../engine/backend/connect.ts";
import type { Backend } from "../../engine/backend/backend.ts";
import { databaseBackend } from "../../engine/backend/database/database-backend.ts";
import type { Records } from "../../engine/backend/database/records.ts";
import type { CheckedStudy } from "../../engine/definition/checked-study.ts";
import { aggregate } from "../../engine/measures/aggregate.ts";
import { groupsNeeded, measureGroups } from "../../engine/measures/grouped-cohort.ts";
import { wantedColumns } from "../../engine/measures/measure-spec.ts";
import type { MeasureSpec } from "../../engine/measures/measure-spec.ts";
import type { MeasureTable } from "../../engine/measures/measure-table.ts";
import { publishable } from "../../engine/measures/publishable.ts";
import { formatMeasure } from "../../engine/measures/write-measure.ts";
import { readCohort } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { writeRecordsDatabase } from "../database/records-database.ts";
import { randomCase } from "./random-case.ts";
import type { RandomCase } from "./random-case.ts";
import { checked } from "./random-study.ts";

const treatments: fc.Arbitrary<Pick<MeasureSpec, "small_number_suppression" | "rounding">> =
  fc.oneof(
    fc.constant({ small_number_suppression: false }),
    fc.constantFrom(1, 2, 5).map((threshold) => ({ small_number_suppression: { threshold } })),
    fc.constant({ small_number_suppression: true, rounding: { to: 2 } }),
    fc.constant({ small_number_suppression: true, rounding: "midpoint6" } as const),
  );

/** Of any columns, whatever their types but those that nothing can be added up of. */
function randomMeasures(study: CheckedStudy): fc.Arbitrary<readonly MeasureSpec[]> {
  const types = new Map(study.columns.map(({ name, type }) => [name, type]));
  const isNumber = (name: string): boolean => !["str", "date"].includes(types.get(name) ?? "");
  const columns = [...study.output, "population"];
  const number = fc.constantFrom("population", ...study.output.filter(isNumber));
  const measure = fc
    .record({
      numerator: number,
      denominator: number,
      keys: fc.subarray(columns, { minLength: 1, maxLength: Math.min(3, columns.length) }),
      turned: fc.boolean(),
      groups: fc.constantFrom("all", "observed"),
      treatment: treatments,
    })
    .map(({ keys, turned, treatment, ...rest }) => ({
      ...{ id: "m", ...rest, ...treatment },
      group_by: turned ? [...keys].reverse() : keys,
    }));
  return fc
    .array(measure, { minLength: 1, maxLength: 5 })
    .map((all) => all.map((each, at) => ({ ...each, id: `m${at}` })));
}

export interface Asked extends RandomCase {
  readonly checkedStudy: CheckedStudy;
  readonly measures: readonly MeasureSpec[];
}

export const asked: fc.Arbitrary<Asked> = randomCase().chain((random) => {
  const result = checked(random.study);
  if (!result.ok) throw new Error("random cases pass the check");
  const { study } = result;
  return randomMeasures(study).map((measures) => ({ ...random, checkedStudy: study, measures }));
});

const text = (table: MeasureTable): string => [...formatMeasure(publishable(table).table)].join("");

/** Rows and names of columns of each statement whose result was read while groups were counted. */
type Crossed = { rows: number; readonly query: string }[];

function watched(records: Records, crossed: Crossed): Records {
  const { session } = records;
  const chunks: typeof session.chunks = async function* (statement) {
    const seen = { rows: 0, query: statement.toString() };
    crossed.push(seen);
    for await (const chunk of session.chunks(statement)) {
      seen.rows += chunk.rows;
      yield chunk;
    }
  };
  return { ...records, session: { ...session, chunks, begin: null } };
}

type Open = (crossed: Crossed) => Promise<Backend>;

/** Where groups are counted: gives `act` what opens the records, with all that comes from them in `crossed`. */
export type Where = (
  asked: Asked,
  folder: string,
  options: string,
  act: (open: Open) => Promise<void>,
) => Promise<void>;

const inDuckDb: Where = (given, folder, options, act) =>
  act((crossed) => backendOf(`duckdb:records.duckdb${options}`, { folder, given, crossed }));

export async function backendOf(
  url: string,
  {
    folder,
    given: { files },
    crossed,
  }: { readonly folder: string; readonly given: Asked; readonly crossed: Crossed },
): Promise<Backend> {
  const readFile = (path: string): Promise<Uint8Array> =>
    Promise.resolve(Buffer.from(files[path] ?? ""));
  const today = isoDateOf(TODAY);
  const records = watched(await openRecords(url, folder), crossed);
  return databaseBackend(records, { today, readFile, evaluate: "one-pass" });
}

export const TODAY = "2020-05-20";

/** The texts of each measure at each date, or the problems that stop the run. */
async function outcome(made: Promise<readonly string[]>) {
  try {
    return { texts: await made };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { problems: error.problems.map(({ code }) => code) };
  }
}

/** Of cohort files, which DuckDB makes. */
async function textsOfFiles(folder: string, given: Asked, options: string) {
  const { checkedStudy: study, indexDates, measures } = given;
  const { keys, numbers } = groupsNeeded(measures);
  // Columns that no measure needs may stop the making of cohorts, and of cohorts only.
  const output = study.output.filter((name) => [...keys, ...numbers].includes(name));
  const url = `duckdb:records.duckdb${options}`;
  const backend = await backendOf(url, { folder, given, crossed: [] });
  const texts: string[] = [];
  try {
    for await (const { schema, batches } of backend.cohorts({ ...study, output }, indexDates)) {
      const path = join(folder, "input.csv");
      await writeCohort({ path, format: "csv", schema, batches });
      const reading = await readCohort(path, wantedColumns(measures));
      texts.push(...(await aggregate(reading, measures, "input.csv")).map(text));
    }
  } finally {
    await backend.close();
  }
  return texts;
}

interface Direct {
  readonly texts: string[];
  /** All groups of all dates. */
  groups: number;
}

async function addDirect(open: Open, given: Asked, direct: Direct, crossed: Crossed) {
  const { checkedStudy: study, indexDates, measures } = given;
  const backend = await open(crossed);
  try {
    assert.ok(backend.groups !== null);
    const found = backend.groups(study, indexDates, groupsNeeded(measures));
    for await (const { groups } of found) {
      direct.groups += groups.reduce((sum, { rows }) => sum + rows, 0);
      direct.texts.push(...measureGroups(groups, measures, "records").tables.map(text));
    }
  } finally {
    await backend.close();
  }
  return direct.texts;
}

export function agrees(options: string, where: Where = inDuckDb): (given: Asked) => Promise<void> {
  return (given) =>
    inScratchFolder(async (folder) => {
      await writeRecordsDatabase(join(folder, "records.duckdb"), given.records);
      await where(given, folder, options, async (open) => {
        const crossed: Crossed = [];
        const direct: Direct = { texts: [], groups: 0 };
        const found = await outcome(addDirect(open, given, direct, crossed));
        assert.deepEqual(found, await outcome(textsOfFiles(folder, given, options)));
        for (const { query } of crossed)
          assert.match(query, /count\(\*\) OVER \(PARTITION BY q\.r_1\)/);
        // Whole numbers that are too large to be added in any order are asked for twice; of nobody there is a row.
        const rows = crossed.reduce((sum, each) => sum + each.rows, 0);
        const most = 2 * (direct.groups + given.indexDates.length);
        assert.ok(rows <= most, `${rows} rows for ${direct.groups} groups`);
      });
    });
}
