import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, it } from "node:test";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { checked } from "../definition/study-of.ts";
import type { Call, Calls } from "../definition/study-of.ts";
import type { Records } from "../naive/row.ts";
import { problemsOf } from "../table/problem-of.ts";
import { everybody, inDatabase, PATH } from "./in-database.ts";
import { cohortTexts } from "./small-records.ts";
import type { Asking } from "./small-records.ts";

interface Question {
  readonly columns: Calls;
  readonly population?: Call;
  readonly files?: Asking["files"];
  readonly url?: string;
}

/** The lines of the only cohort. */
async function lines(records: Records, question: Question): Promise<readonly string[]> {
  const { columns, population, files = {}, url = everybody } = question;
  const found: string[] = [];
  await inDatabase(records, async (workspace) => {
    const study = checked(columns, population);
    const asking = { workspace, study, indexDates: ["2020-03-01"], files };
    const [text = ""] = await cohortTexts(url, asking);
    found.push(...text.trimEnd().split("\n"));
  });
  return found;
}

async function stopped(records: Records, question: Question) {
  const [only, ...more] = await problemsOf(() => lines(records, question));
  assert.deepEqual(more, []);
  assert.ok(only);
  return only;
}

const three: Records = {
  Patient: [
    { Patient_ID: 11, Sex: "F", DateOfBirth: "1950-01-01" },
    { Patient_ID: 5, Sex: "M", DateOfBirth: "1960-01-01" },
    { Patient_ID: 7, Sex: "F", DateOfBirth: "1970-01-01" },
  ],
  AllowedPatientsWithTypeOneDissent: [{ Patient_ID: 11 }, { Patient_ID: 7 }],
};

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

describe("a value that is not what its column must hold", () => {
  const records = {
    ...three,
    ISARIC_Patient_Data_TopLine: [{ Patient_ID: 7, calc_age: "secret-943", hostdat: "31-12-2020" }],
  };

  for (const returning of ["calc_age", "hostdat"]) {
    it(`stops the run without being shown: ${returning}`, async () => {
      const columns: Calls = { asked: ["with_an_isaric_record", { returning }] };
      const told = await stopped(records, { columns });
      assert.deepEqual([told.code, told.exitCode], ["record-text", 1]);
      assert.match(
        told.message,
        new RegExp(`"${returning}" of the table "ISARIC_Patient_Data_TopLine"`),
      );
      assert.ok(!/secret|943|31-12/.test(JSON.stringify(told)));
    });
  }
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

describe("texts of records that stand for numbers or days", () => {
  it("and hold something else are told by table and column and how many, never by what they hold", async () => {
    const columns: Calls = {
      days: ["admitted_to_hospital", { returning: "total_critical_care_days_in_period" }],
    };
    const stays = ["3", "secret-943", "secret-944"].map((days, i) => ({
      stay: { Patient_ID: 5, APCS_Ident: i, Admission_Date: "2020-01-05" },
      derived: { Patient_ID: 5, APCS_Ident: i, Spell_PbR_CC_Day: days },
    }));
    const records = {
      ...three,
      APCS_ARCHIVED: stays.map(({ stay }) => stay),
      APCS_Der_ARCHIVED: stays.map(({ derived }) => derived),
    };
    const found = await stopped(records, { columns });
    assert.equal(found.code, "record-text");
    assert.match(
      found.message,
      /"Spell_PbR_CC_Day" of the table "APCS_Der_ARCHIVED" must hold numbers; 2 rows do not/,
    );
    assert.ok(!JSON.stringify(found).includes("secret"));
  });
});
