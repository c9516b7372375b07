import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import type { CohortFormat } from "../../engine/base/file-names.ts";
import { isoDateOf } from "../../engine/base/dates.ts";
import { connect } from "../../engine/backend/connect.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { sql } from "../../engine/text/sql.ts";
import { checked } from "../definition/study-of.ts";
import { opened } from "../table/opened-feather.ts";
import { problemsOf } from "../table/problem-of.ts";
import { snomed } from "./emis-records.ts";
import {
  hashedColumns as columns,
  hashedCsv as csv,
  hashedFiles as files,
  hashedIds as ids,
  hashedRecords as records,
  hashedTables as tables,
  hashes,
  numberOf,
} from "./hashed-patients.ts";
import { inRecordsFolder } from "./records-folder.ts";
import { inDatabase } from "./in-database.ts";
import { backendOptions, cohortTexts } from "./small-records.ts";
import type { Asking } from "./small-records.ts";

const URL = "duckdb:records.duckdb";
function inRecords(act: (asking: Asking) => Promise<void>, given = records): Promise<void> {
  const asking = { study: checked(columns), indexDates: ["2020-03-01"], files };
  return inDatabase(given, (workspace) => act({ ...asking, workspace }), tables);
}

describe("patients whose ids are hashes", () => {
  it("have the first 63 bits of the hash as their id, in its order, at one index date and at several", () =>
    inRecords(async (asking) => {
      const text = `${csv.join("\n")}\n`;
      const dates = ["2020-03-01", "2020-04-01"];
      assert.deepEqual(await cohortTexts(URL, asking), [text]);
      assert.deepEqual(await cohortTexts(URL, { ...asking, indexDates: dates }), [text, text]);
      const parts = `${URL}?patients_at_once=2`;
      assert.deepEqual(await cohortTexts(parts, { ...asking, indexDates: dates }), [text, text]);
    }));

  it("keep every digit in every format of file", () =>
    inRecords(async (asking) => {
      for (const format of ["csv.gz", "feather", "parquet", "dta"] as const) {
        assert.deepEqual(await idsIn(await written(format, asking), format), ids, format);
      }
    }));

  it("are read from csv, and so are codes of 18 digits", () => {
    const [first = ""] = hashes;
    const folder = {
      "patient_all_orgs_v2.csv": `registration_id,gender\n${first},2\n`,
      "observation_all_orgs_v2.csv": `registration_id,snomed_concept_id,effective_date\n${first},999000111222333444,2020-02-01\n`,
    };
    const study = checked({
      sex: ["sex"],
      code: [
        "with_these_clinical_events",
        { codelist: snomed("999000111222333444"), returning: "code" },
      ],
    });
    return inRecordsFolder(folder, async (workspace) => {
      const asking = { workspace, study, indexDates: ["2020-03-01"] };
      assert.deepEqual(await cohortTexts("duckdb:records", asking), [
        `patient_id,sex,code\n${numberOf(first)},F,999000111222333444\n`,
      ]);
    });
  });

  it("are refused where two would become one patient, without either being shown", () => {
    const [first = ""] = hashes;
    const twin = `${first.slice(0, 16)}00`;
    const patients = [...(records["patient_all_orgs_v2"] ?? []), { registration_id: twin }];
    return inRecords(
      async (asking) => {
        const [told] = await problemsOf(() => cohortTexts(URL, asking));
        assert.equal(told?.code, "patient-ids-collide");
        assert.match(told.message, /"registration_id" of the table "patient_all_orgs_v2"/);
        assert.ok(!JSON.stringify(told).includes(first.slice(0, 8)));
      },
      { ...records, patient_all_orgs_v2: patients },
    );
  });

  it("are left out, all of them, where one hash is registered twice", () => {
    const [first = ""] = hashes;
    const again = { registration_id: first.toUpperCase() };
    const patients = [...(records["patient_all_orgs_v2"] ?? []), again];
    return inRecords(
      async (asking) => {
        const [text = ""] = await cohortTexts(URL, asking);
        const kept = csv.filter((line) => !line.startsWith(String(numberOf(first))));
        assert.deepEqual(text.trimEnd().split("\n"), kept);
        // A population that is a file does not bring them back.
        const listed = lines(
          "patient_id",
          ...hashes.slice(0, 2).map((hash) => String(numberOf(hash))),
        );
        const study = checked({ sex: ["sex"] }, ["which_exist_in_file", { f_path: "listed.csv" }]);
        const found = await cohortTexts(URL, { ...asking, study, files: { "listed.csv": listed } });
        assert.deepEqual(found, [lines("patient_id,sex", `${numberOf(hashes[1] ?? "")},`)]);
      },
      { ...records, patient_all_orgs_v2: patients },
    );
  });

  it("stop the run where one is no hash, or is missing", async () => {
    for (const [id, code] of [
      ["abc-943", "record-text"],
      [null, "patients-without-id"],
    ] as const) {
      const patients = [...(records["patient_all_orgs_v2"] ?? []), { registration_id: id }];
      await inRecords(
        async (asking) => {
          const [told] = await problemsOf(() => cohortTexts(URL, asking));
          assert.equal(told?.code, code);
          assert.ok(!JSON.stringify(told).includes("943"));
        },
        { ...records, patient_all_orgs_v2: patients },
      );
    }
  });
});

function lines(...rows: readonly string[]): string {
  return `${rows.join("\n")}\n`;
}

async function written(format: CohortFormat, asking: Asking): Promise<string> {
  const path = join(asking.workspace, `cohort.${format}`);
  const backend = await connect(URL, { ...backendOptions(asking), workspace: asking.workspace });
  const study = asking.study ?? checked(columns);
  try {
    for await (const cohort of backend.cohorts(study, [isoDateOf("2020-03-01")])) {
      await writeCohort({ path, format, ...cohort });
    }
  } finally {
    await backend.close();
  }
  return path;
}

async function idsIn(path: string, format: "csv.gz" | "feather" | "parquet" | "dta") {
  const bytes = readFileSync(path);
  switch (format) {
    case "csv.gz":
      return gunzipSync(bytes)
        .toString()
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((line) => BigInt(line.split(",")[0] ?? ""));
    case "feather":
      return [...((await opened(bytes)).getChild("patient_id") ?? [])] as bigint[];
    case "parquet": {
      const db = await openDuckDb();
      const rows = await db.rows(sql`SELECT patient_id AS id FROM read_parquet(${path})`);
      db.close();
      return rows.map(({ id }) => id);
    }
    case "dta":
      // Stata has no such numbers: they are texts there.
      return (bytes.toString("latin1").match(/(?<![0-9])[0-9]{17,19}(?![0-9])/g) ?? []).map(BigInt);
  }
}
