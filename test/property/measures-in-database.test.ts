import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isoDateOf } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { openRecords } from "../../engine/backend/connect.ts";
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

const runs = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 25);
const seed = Number(process.env["COHORTLINE_PROPERTY_SEED"] ?? 20200302);

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

interface Asked extends RandomCase {
  readonly checkedStudy: CheckedStudy;
  readonly measures: readonly MeasureSpec[];
}

const asked: fc.Arbitrary<Asked> = randomCase().chain((random) => {
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

async function inRecords<T>(
  { records, files }: Asked,
  act: (
    folder: string,
    open: (crossed: Crossed) => ReturnType<typeof databaseBackend>,
  ) => Promise<T>,
  options: string,
): Promise<T> {
  return inScratchFolder(async (folder) => {
    await writeRecordsDatabase(join(folder, "records.duckdb"), records);
    const readFile = (path: string): Promise<Uint8Array> =>
      Promise.resolve(Buffer.from(files[path] ?? ""));
    const today = isoDateOf("2020-05-20");
    const open = async (crossed: Crossed) =>
      databaseBackend(
        watched(await openRecords(`duckdb:records.duckdb${options}`, folder), crossed),
        { today, readFile, evaluate: "one-pass" },
      );
    return act(folder, open);
  });
}

/** The texts of each measure at each date, or the problems that stop the run. */
async function outcome(made: Promise<readonly string[]>) {
  try {
    return { texts: await made };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { problems: error.problems.map(({ code }) => code) };
  }
}

function agrees(options: string): (random: Asked) => Promise<void> {
  return async (random) => {
    const { checkedStudy: study, indexDates, measures } = random;
    await inRecords(
      random,
      async (folder, open) => {
        const needed = groupsNeeded(measures);
        // Columns that no measure needs may stop the making of cohorts, and of cohorts only.
        const output = study.output.filter((name) =>
          [...needed.keys, ...needed.numbers].includes(name),
        );
        const byFiles = async (): Promise<readonly string[]> => {
          const backend = await open([]);
          const texts: string[] = [];
          try {
            for await (const { schema, batches } of backend.cohorts(
              { ...study, output },
              indexDates,
            )) {
              const path = join(folder, "input.csv");
              await writeCohort({ path, format: "csv", schema, batches });
              const reading = await readCohort(path, wantedColumns(measures));
              texts.push(...(await aggregate(reading, measures, "input.csv")).map(text));
            }
          } finally {
            await backend.close();
          }
          return texts;
        };
        const crossed: Crossed = [];
        let groups = 0;
        const direct = async (): Promise<readonly string[]> => {
          const backend = await open(crossed);
          const texts: string[] = [];
          try {
            assert.ok(backend.groups !== null);
            for await (const counted of backend.groups(study, indexDates, needed)) {
              groups += counted.groups.reduce((sum, { rows }) => sum + rows, 0);
              texts.push(...measureGroups(counted.groups, measures, "records").tables.map(text));
            }
          } finally {
            await backend.close();
          }
          return texts;
        };
        assert.deepEqual(await outcome(direct()), await outcome(byFiles()));
        for (const { query } of crossed)
          assert.match(query, /count\(\*\) OVER \(PARTITION BY q\.r_1\)/);
        // Whole numbers that are too large to be added in any order are asked for twice; of nobody there is a row.
        const rows = crossed.reduce((sum, each) => sum + each.rows, 0);
        assert.ok(rows <= 2 * (groups + indexDates.length), `${rows} rows for ${groups} groups`);
      },
      options,
    );
  };
}

describe("measures that a database counts", () => {
  it("are those of cohort files byte for byte, and nothing but groups leaves the database", async () => {
    await fc.assert(fc.asyncProperty(asked, agrees("")), { numRuns: runs, seed });
  });

  it("are the same with two patients at once, and with opted-out patients", async () => {
    for (const options of ["?patients_at_once=2", "?opensafely_include_t1oo=true"]) {
      const holds = fc.asyncProperty(asked, agrees(options));
      await fc.assert(holds, { numRuns: Math.ceil(runs / 2), seed: seed + 1 });
    }
  });
});
