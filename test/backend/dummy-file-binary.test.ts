import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import * as arrow from "apache-arrow";

import { validateDummyFile } from "../../engine/backend/supplied-file/validate-dummy-file.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { scratchFolder } from "../table/scratch-folder.ts";
import { column, events, studyOf } from "./study-of.ts";
import { sql, trustedSql } from "../../engine/text/sql.ts";

const dated = (date_format: string) => events({ returning: "date", date_format });
const study = studyOf({
  columns: { sex: column("sex"), flag: events({}), month: dated("YYYY-MM"), year: dated("YYYY") },
});

interface Patients {
  readonly sex: readonly (string | null)[];
  /** Whole days: the formats have no month of its own. */
  readonly month: readonly string[];
  readonly year: readonly string[];
  readonly ids?: readonly number[];
}

const good: Patients = {
  sex: ["F", null],
  month: ["2021-02-01", "1999-12-01"],
  year: ["2021-01-01", "1999-01-01"],
};

const folder = scratchFolder();
let files = 0;

/** As another program would write them, without a word on how dates are shown. */
function feather({ sex, month, year, ids = [1, 2] }: Patients): string {
  const days = (texts: readonly string[]) =>
    arrow.vectorFromArray(
      texts.map((text) => Date.parse(text)),
      new arrow.TimestampMillisecond(),
    );
  const table = new arrow.Table({
    patient_id: arrow.vectorFromArray(ids, new arrow.Int32()),
    sex: arrow.vectorFromArray(sex, new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8())),
    flag: arrow.vectorFromArray([true, false], new arrow.Bool()),
    month: days(month),
    year: days(year),
  });
  const path = join(folder, `dummy_${files++}.feather`);
  writeFileSync(path, arrow.tableToIPC(table, "file"));
  return path;
}

async function parquet({ sex, month, year, ids = [1, 2] }: Patients): Promise<string> {
  const rows = [0, 1].map((at) => {
    const text = sex[at];
    const word = text === null || text === undefined ? "NULL" : `'${text}'`;
    return `SELECT ${ids[at]} AS patient_id, ${word} AS sex, ${at === 0} AS flag,
      TIMESTAMP '${month[at]}' AS month, DATE '${year[at]}' AS year`;
  });
  const path = join(folder, `dummy_${files++}.parquet`);
  const db = await openDuckDb();
  await db.run(sql`COPY (${trustedSql(rows.join(" UNION ALL "))}) TO ${path} (FORMAT parquet)`);
  db.close();
  return path;
}

for (const [format, write] of Object.entries({ feather, parquet })) {
  describe(`a supplied ${format} file`, () => {
    async function check(patients: Partial<Patients>) {
      const path = await write({ ...good, ...patients });
      const { rows, problems } = await validateDummyFile(study, path, null);
      return [rows, ...problems.map(({ message }) => message.replace(`${folder}/`, ""))];
    }

    it("fits where a month and a year are their first days", async () => {
      assert.deepEqual(await check({}), [2]);
    });

    it("does not fit where they are other days, and says so by row and column", async () => {
      const [rows, year, month] = await check({
        month: ["2021-02-01", "1999-12-02"],
        year: ["2021-02-01", "1999-01-01"],
      });
      assert.equal(rows, 2);
      assert.match(String(year), /`\(not shown\)` for year in row 2 /);
      assert.match(String(month), /`\(not shown\)` for month in row 3 /);
    });

    it("has each patient once", async () => {
      const [, told] = await check({ ids: [4, 4] });
      assert.match(String(told), /`\(not shown\)` for patient_id in row 3 .*row 2 has the same/);
    });
  });
}
