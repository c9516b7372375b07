/** A study's folder with a database of small records, for tests of whole commands. */
import { join } from "node:path";
import { smallRecords } from "../database/small-records.ts";
import { writeRecordsDatabase } from "../database/records-database.ts";
import type { Records } from "../naive/row.ts";
import { inWorkspace } from "./workspace.ts";
import type { Files } from "./workspace.ts";

const recordedStudy = `import { codelist, patients, study } from "cohortline";

const codes = codelist(["X1...", "X2..."], "ctv3");
export default study({
  indexDate: "2020-04-01",
  defaultExpectations: { date: { earliest: "1900-01-01", latest: "today" }, incidence: 0.5 },
  population: patients.all(),
  columns: {
    sex: patients.sex({
      returnExpectations: { category: { ratios: { F: 0.5, M: 0.5 } } },
    }),
    seen: patients.withTheseClinicalEvents(codes, {
      between: ["index_date", "last_day_of_month(index_date)"],
      returnExpectations: { incidence: 0.5 },
    }),
    value: patients.withTheseClinicalEvents(codes, {
      onOrBefore: "index_date",
      returning: "numeric_value",
      returnExpectations: { float: { distribution: "normal", mean: 5, stddev: 1 } },
    }),
  },
});
`;

export const recordedFiles: Files = { "analysis/study_definition.ts": recordedStudy };

/** A secret in the path and one among the options: neither may ever be told. */
export const SECRET = "hunter2";
export const databasePath = `${SECRET}/records.duckdb`;
export const databaseUrl = `duckdb:${databasePath}?opensafely_include_t1oo=true`;

export async function inRecordedWorkspace<T>(
  act: (folder: string) => Promise<T>,
  { records = smallRecords(), files = recordedFiles }: { records?: Records; files?: Files } = {},
): Promise<T> {
  return inWorkspace({ ...files, [`${SECRET}/about.txt`]: "records" }, async (folder) => {
    await writeRecordsDatabase(join(folder, databasePath), records);
    return act(folder);
  });
}
