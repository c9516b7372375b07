import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, it } from "node:test";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import type { Calls } from "../definition/study-of.ts";
import type { Records } from "../naive/row.ts";
import { problemsOf } from "../table/problem-of.ts";
import { everybody, inDatabase, PATH } from "./in-database.ts";
import { lines, stopped, three } from "./one-cohort.ts";

describe("patients who opted out", () => {
  const columns: Calls = { sex: ["sex"] };

  it("are left out", async () => {
    const found = await lines(three, { columns, url: `duckdb:${PATH}` });
    assert.deepEqual(found, ["patient_id,sex", "7,F", "11,F"]);
  });

  it("are in where the URL says so", async () => {
    const found = await lines(three, { columns });
    assert.deepEqual(found, ["patient_id,sex", "5,M", "7,F", "11,F"]);
  });

  it("are everybody where nobody is listed", async () => {
    const unlisted = { Patient: three["Patient"] ?? [] };
    const found = await lines(unlisted, { columns, url: `duckdb:${PATH}` });
    assert.deepEqual(found, ["patient_id,sex"]);
  });

  it("change what the data are said to be, so that no file of one kind is kept as the other", () =>
    inDatabase(three, async (workspace) => {
      const { connect } = await import("../../engine/backend/connect.ts");
      const { isoDateOf } = await import("../../engine/base/dates.ts");
      const versions: string[] = [];
      for (const url of [`duckdb:${PATH}`, everybody, `duckdb:${PATH}`]) {
        const backend = await connect(url, {
          workspace,
          today: isoDateOf("2021-06-15"),
          readFile: () => Promise.resolve(new Uint8Array()),
          evaluate: "one-pass",
        });
        versions.push(backend.dataVersion);
        await backend.close();
      }
      assert.notEqual(versions[0], versions[1]);
      assert.equal(versions[0], versions[2]);
      assert.ok(!versions.join().includes(workspace));
    }));
});

describe("patients without an id", () => {
  it("stop the run with their number, whoever is let in", async () => {
    const records = { ...three, Patient: [...(three["Patient"] ?? []), { Patient_ID: null }] };
    for (const url of [everybody, `duckdb:${PATH}`]) {
      const told = await stopped(records, { columns: { sex: ["sex"] }, url });
      assert.deepEqual([told.code, told.exitCode], ["patients-without-id", 1]);
      assert.match(told.message, /^1 row of the table "Patient" has no Patient_ID/);
    }
  });
});

describe("files of values", () => {
  const files = { "people.csv": "patient_id,score,seen\n11,2.5,2020-03-01\n99,7,\n" };
  const path = { f_path: "people.csv" };
  const columns: Calls = {
    score: ["with_value_from_file", { ...path, returning: "score", returning_type: "float" }],
    seen: [
      "with_value_from_file",
      { ...path, returning: "seen", returning_type: "date", date_format: "YYYY-MM-DD" },
    ],
    known: ["which_exist_in_file", path],
  };

  it("are joined to the database's patients", async () => {
    assert.deepEqual(await lines(three, { columns, files }), [
      "patient_id,score,seen,known",
      "5,0.0,,0",
      "7,0.0,,0",
      "11,2.5,2020-03-01,1",
    ]);
  });

  it("are joined once, however many patients are worked on at once", async () => {
    const whole = await lines(three, { columns, files });
    const url = `${everybody}&patients_at_once=1`;
    assert.deepEqual(await lines(three, { columns, files, url }), whole);
    const population = ["which_exist_in_file", path] as const;
    const found = await lines(three, { columns: { sex: ["sex"] }, population, files, url });
    assert.deepEqual(found, ["patient_id,sex", "11,F", "99,"]);
  });

  it("bring their own patients as a population", async () => {
    const population = ["which_exist_in_file", path] as const;
    const found = await lines(three, { columns: { sex: ["sex"] }, population, files });
    assert.deepEqual(found, ["patient_id,sex", "11,F", "99,"]);
  });
});

describe("two rows of a patient where there must be one", () => {
  it("are a problem that names no patient: of the renal registry", async () => {
    const UKRR = [7, 7].map((Patient_ID, i) => ({
      Patient_ID,
      dataset: "2019prev",
      renal_centre: `centre ${i}`,
    }));
    const columns: Calls = {
      centre: [
        "with_record_in_ukrr",
        { from_dataset: "2019_prevalence", returning: "renal_centre" },
      ],
    };
    const { code, message, exitCode } = await stopped({ ...three, UKRR }, { columns });
    assert.deepEqual([code, exitCode], ["duplicate-patients", 1]);
    // The folder has a name by chance, which may hold any figure.
    assert.ok(!/7|centre/.test(message.replace(/"[^"]*cohort\.csv"/, "")), message);
  });

  it("are a problem: of households", async () => {
    const members = [1, 2].map((Household_ID) => ({ Patient_ID: 7, Household_ID }));
    const households = [1, 2].map((Household_ID) => ({
      Household_ID,
      HouseholdSize: 4,
      NFA_Unknown: false,
    }));
    const columns: Calls = {
      size: ["household_as_of", { reference_date: "2020-02-01", returning: "household_size" }],
    };
    const records = { ...three, HouseholdMember: members, Household: households };
    assert.equal((await stopped(records, { columns })).code, "duplicate-patients");
  });

  it("do not matter for patients who are not in the cohort", async () => {
    const UKRR = [5, 5].map((Patient_ID) => ({ Patient_ID, dataset: "2019prev" }));
    const columns: Calls = {
      in: ["with_record_in_ukrr", { from_dataset: "2019_prevalence", returning: "binary_flag" }],
    };
    const found = await lines({ ...three, UKRR }, { columns, url: `duckdb:${PATH}` });
    assert.deepEqual(found, ["patient_id,in", "7,0", "11,0"]);
  });
});

describe("notifications of deaths", () => {
  const columns: Calls = {
    died: [
      "with_death_recorded_in_cpns",
      { returning: "date_of_death", date_format: "YYYY-MM-DD" },
    ],
  };
  const rows = (...dates: readonly (string | null)[]): Records => ({
    ...three,
    CPNS: dates.map((DateOfDeath, Id) => ({ Patient_ID: 7, Id, DateOfDeath })),
  });

  it("that agree give their date", async () => {
    const found = await lines(rows("2020-02-02", "2020-02-02"), { columns });
    assert.deepEqual(found, ["patient_id,died", "5,", "7,2020-02-02", "11,"]);
  });

  it("that disagree stop the run, naming the column and no date", async () => {
    const told = await stopped(rows("2020-02-02", "2020-02-03"), { columns });
    assert.deepEqual([told.code, told.exitCode], ["cpns-dates-disagree", 5]);
    assert.match(told.hint, /"died"/);
    assert.ok(!JSON.stringify(told).includes("2020-02-0"));
  });
});

describe("a division by zero", () => {
  const age = ["age_as_of", { reference_date: "2020-03-01" }] as const;
  const ratio = (expression: string): Calls => ({
    age,
    ratio: ["satisfying", { expression }],
  });

  it("stops the run with the name of the column", async () => {
    const told = await stopped(three, { columns: ratio("100 / (age - 50) > 1") });
    assert.deepEqual([told.code, told.exitCode], ["division-by-zero", 1]);
    assert.match(told.message, /"ratio"/);
  });

  it("does not stop a run in which nobody has a zero", async () => {
    const found = await lines(three, { columns: ratio("100 / (age - 51) > 2") });
    assert.deepEqual(found.slice(1), ["5,60,1", "7,50,0", "11,70,1"]);
  });
});

describe("the most recent day of a measurement", () => {
  const columns: Calls = {
    most: [
      "max_recorded_value",
      {
        codelist: { system: "ctv3", codes: ["22K.."] },
        on_most_recent_day_of_measurement: true,
      },
    ],
  };
  const event = (Patient_ID: number, NumericValue: number, ConsultationDate: string | null) => ({
    ...{ Patient_ID, CTV3Code: "22K..", NumericValue, ConsultationDate },
    CodedEvent_ID: Patient_ID * 1000 + NumericValue,
  });

  it("is none where no measurement has a date, and never that of one without", async () => {
    const CodedEvent = [
      ...[event(5, 30, null), event(7, 31, null), event(7, 21, "2019-05-01T10:00:00")],
      ...[event(11, 22, "2019-05-01T10:00:00"), event(11, 23, "2019-05-01T18:00:00")],
    ];
    assert.deepEqual(await lines({ ...three, CodedEvent }, { columns }), [
      ...["patient_id,most", "5,0.0", "7,21.0", "11,23.0"],
    ]);
  });
});

describe("a run", () => {
  it("leaves nothing among the temporary files, whether it is done or stops", () =>
    inScratchFolder(async (folder) => {
      const usual = process.env["TMPDIR"] ?? tmpdir();
      process.env["TMPDIR"] = folder;
      try {
        await lines(three, { columns: { sex: ["sex"] } });
        const files = { "people.csv": "patient_id,x\n" };
        const columns: Calls = {
          x: [
            "with_value_from_file",
            { f_path: "people.csv", returning: "y", returning_type: "int" },
          ],
        };
        await problemsOf(() => lines(three, { columns, files }));
        await problemsOf(() => lines(three, { columns, url: "duckdb:nowhere" }));
        assert.deepEqual(readdirSync(folder), []);
      } finally {
        process.env["TMPDIR"] = usual;
      }
    }));
});

describe("a column of whole numbers", () => {
  it("shows a number with a fraction to the nearest", async () => {
    const records: Records = {
      Patient: [{ Patient_ID: 1 }],
      UKRR: [{ Patient_ID: 1, dataset: "2020prev", creat: 88.75 }],
    };
    const columns: Calls = {
      creatinine: [
        "with_record_in_ukrr",
        { from_dataset: "2020_prevalence", returning: "latest_creatinine" },
      ],
    };
    assert.deepEqual(await lines(records, { columns }), ["patient_id,creatinine", "1,89"]);
  });
});
