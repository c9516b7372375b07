/** A date kept as a month or a year, seen by programs that know nothing of how a study shows it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { fromDayNumber } from "../../engine/base/dates.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { readTable } from "../../engine/table/read-table.ts";
import { opened } from "../table/opened-feather.ts";
import { databaseUrl, inRecordedWorkspace } from "./recorded-workspace.ts";
import { cohortline, inWorkspace } from "./workspace.ts";
import { sql } from "../../engine/text/sql.ts";

const study = `import { codelist, patients, study } from "cohortline";

const events = patients.withTheseClinicalEvents;
const codes = codelist(["X1...", "X2..."], "ctv3");
const dated = { onOrBefore: "index_date", returning: "date", findLastMatchInPeriod: true } as const;
const returnExpectations = { date: { earliest: "2010-01-01", latest: "2019-12-31" }, incidence: 0.9 };
export default study({
  indexDate: "2020-04-01",
  defaultExpectations: { ...returnExpectations, rate: "uniform" },
  population: patients.all(),
  columns: {
    age: patients.ageAsOf("month", { returnExpectations: { int: { distribution: "population_ages" }, rate: "universal" } }),
    day: events(codes, { ...dated, dateFormat: "YYYY-MM-DD" }),
    month: events(codes, { ...dated, dateFormat: "YYYY-MM" }),
    year: events(codes, { ...dated, dateFormat: "YYYY" }),
    plain: events(codes, dated),
    month_of: patients.dateOf("first", { dateFormat: "YYYY-MM" }),
    first: events(codes, { onOrBefore: "index_date", includeDateOfMatch: true, includeMonth: true }),
    greatest: patients.maximumOf("year", "plain"),
    born: patients.dateOfBirth({ dateFormat: "YYYY" }),
  },
});
`;
const files = { "analysis/study_definition.ts": study };

/** As a program sees them that knows nothing of how a study shows its dates. */
type Cells = ReadonlyMap<string, readonly string[]>;

async function csvCells(path: string): Promise<Cells> {
  const rows: (readonly string[])[] = [];
  for await (const { cells } of readTable(path)) rows.push(cells);
  const header = rows.shift();
  return new Map(header?.map((name, at) => [name, rows.map((cells) => cells[at] ?? "")]));
}

async function featherCells(path: string): Promise<Cells> {
  const table = await opened(readFileSync(path));
  const dated = table.schema.fields.filter(({ metadata }) => metadata.has("date_format"));
  const columns = dated.map(({ name }) => {
    const values = [...(table.getChild(name) ?? [])] as (number | null)[];
    return [name, values.map((day) => (day === null ? "" : dayText(day)))] as const;
  });
  return new Map(columns);
}

function dayText(milliseconds: number): string {
  const day = milliseconds / 86_400_000;
  return Number.isInteger(day) ? fromDayNumber(day) : "a part of a day";
}

async function parquetCells(path: string): Promise<Cells> {
  const db = await openDuckDb({ threads: 1, memoryLimit: "512MiB", temporaryFolder: "" });
  try {
    const rows = await db.rows(
      sql`SELECT coalesce(COLUMNS(*)::VARCHAR, '') FROM read_parquet(${path})`,
    );
    return new Map(
      Object.keys(rows[0] ?? {}).map((name) => [
        name,
        rows.map((row) => String(row[name]).replace(" 00:00:00", "")),
      ]),
    );
  } finally {
    db.close();
  }
}

const shown = { day: "", month: "-01", year: "-01-01", plain: "-01-01", month_of: "-01" } as const;
const more = { first_date: "-01", greatest: "-01-01", born: "-01-01" } as const;

/** Makes the cohort as csv, feather and parquet, and compares what the dates of each are. */
async function compare(folder: string, source: string): Promise<void> {
  for (const format of ["csv", "feather", "parquet"]) {
    const made = await cohortline(folder, ["generate_cohort", source, `--output-format=${format}`]);
    assert.equal(made.code, 0, made.err);
    assert.match(made.err, /^(?:codelist of column .* codes occur\n)?$/);
  }
  const path = (format: string): string => join(folder, `output/input.${format}`);
  const csv = await csvCells(path("csv"));
  const typed = [await featherCells(path("feather")), await parquetCells(path("parquet"))];
  for (const [name, rest] of Object.entries({ ...shown, ...more })) {
    const expected = (csv.get(name) ?? []).map((text) => (text === "" ? "" : `${text}${rest}`));
    assert.ok(
      expected.some((day) => day !== ""),
      name,
    );
    for (const cells of typed) assert.deepEqual(cells.get(name), expected, name);
  }
}

describe("a date kept as a month or a year", () => {
  it("is the first day of it in feather and parquet, of dummy data", async () => {
    await inWorkspace(files, (folder) => compare(folder, "--expectations-population=40"));
  });

  it("is the first day of it in feather and parquet, of records", async () => {
    await inRecordedWorkspace((folder) => compare(folder, `--database-url=${databaseUrl}`), {
      files,
    });
  });
});
