import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { extraction, february, inHomeMade, january, mapping, tables } from "./home-made-records.ts";

const cohort = (folder: string, date: string, output = "output"): readonly string[] =>
  readFileSync(join(folder, output, `input_${date}.csv`), "utf8")
    .trimEnd()
    .split("\n");

const codedStudy = `import { codelist, patients, study } from "cohortline";

const diabetes = codelist([["E11.9", "two"], ["E10", "one"]], "icd10");
const month = ["index_date", "last_day_of_month(index_date)"] as const;
const last = { between: month, findLastMatchInPeriod: true } as const;
export default study({
  indexDate: "2020-01-01",
  population: patients.all(),
  columns: {
    diabetes: patients.withTheseClinicalEvents(diabetes, { ...last, returning: "code" }),
    type: patients.withTheseClinicalEvents(diabetes, { ...last, returning: "category" }),
    rate: patients.withTheseClinicalEvents(codelist(["33914-3"], "loinc"), { ...last, returning: "numeric_value" }),
  },
});
`;

const codedMapping = `based_on: nothing
tables:
  patients: {from: ward.person, fields: {patient_id: nr}}
  events:
    - {from: ward.icd, fields: {patient_id: nr, code: {system: icd10, text: code}, recorded_at: seen, event_id: id}}
    - {from: ward.rate, fields: {patient_id: nr, code: {system: loinc, text: code}, recorded_at: {timed: [day, taken]}, numeric_value: result, event_id: id}}
`;

describe("records of a layout of their own", () => {
  it("give monthly cohorts by the records.yaml beside the study", () =>
    inHomeMade(async (folder, run) => {
      const { code, err } = await run(...extraction());
      assert.equal(code, 0, err);
      assert.deepEqual(cohort(folder, "2020-01-01"), january);
      assert.deepEqual(cohort(folder, "2020-02-01"), february);
      const perDate = await run(...extraction("", "--evaluate=per-date", "--output-dir=each"));
      assert.equal(perDate.code, 0, perDate.err);
      assert.deepEqual(cohort(folder, "2020-02-01", "each"), february);
    }));

  it("give the same from csv files, each column read as the mapping needs it", () =>
    inHomeMade(
      async (folder, run) => {
        const { code, err } = await run(
          ...extraction("", "--database-url=duckdb:csv?records=plain.yaml"),
        );
        assert.equal(code, 0, err);
        assert.deepEqual(cohort(folder, "2020-01-01"), january);
        assert.deepEqual(cohort(folder, "2020-02-01"), february);
      },
      {
        made: [],
        files: {
          "plain.yaml": mapping.replaceAll("ward.", "").replace("died: ", ""),
          "csv/person.csv":
            "nr,gender,born,died\n1,2,1980-02-03,9999-12-31\n2,1,1950-01-01,2020-01-15\n3,,2000-01-01,\n",
          "csv/diagnosis.csv":
            "id,nr,code,seen\n1,1,195967001,2020-01-10\n2,2,304527002,2020-02-11\n3,2,22298006,2020-02-11\n",
          "csv/lab.csv":
            "id,nr,code,taken,result,status\n11,1,304527002,2020-01-20T10:00:00,5.5,F\n12,3,304527002,2020-02-11T08:00:00,7.25,X\n13,3,304527002,2020-02-10T08:00:00,6.5,C\n",
        },
      },
    ));

  it("are asked again when the mapping means something else, and not when a comment changes", () =>
    inHomeMade(async (folder, run) => {
      const again = async (text: string): Promise<string> => {
        writeFileSync(join(folder, "records.yaml"), text);
        const { code, out, err } = await run(...extraction("", "--skip-existing"));
        assert.equal(code, 0, err);
        return (
          /kept \d+|Wrote \d+/.exec(
            out.includes("kept")
              ? (out.split(",").find((part) => part.includes("kept")) ?? "")
              : out,
          )?.[0] ?? ""
        );
      };
      assert.equal(await again(mapping), "Wrote 2");
      assert.equal(await again(`# A remark.\n${mapping}\n`), "kept 2");
      assert.equal(await again(mapping.replace("[F, C]", "[F, C, X]")), "Wrote 2");
    }));

  it("are asked again by the pipeline too", () =>
    inHomeMade(
      async (folder, run) => {
        const url = "--database-url=duckdb:records.duckdb";
        const words = ["run", "run_all", url];
        const first = await run(...words);
        assert.equal(first.code, 0, first.err + first.out);
        assert.match((await run("plan", "run_all", url)).out, /fresh +cohorts/);
        writeFileSync(join(folder, "records.yaml"), mapping.replace("[F, C]", "[F, C, X]"));
        assert.match(
          (await run("plan", "run_all", url)).out,
          /stale +cohorts +records\.yaml changed/,
        );
        const again = await run(...words);
        assert.equal(again.code, 0, again.err);
        assert.equal(cohort(folder, "2020-02-01").at(-1), "3,,20,2,7.25");
      },
      {
        files: {
          "project.yaml": `version: "3.0"
expectations:
  population_size: 10
actions:
  cohorts:
    run: cohortline:v0 generate_cohort --index-date-range "2020-01-01 to 2020-02-01 by month"
    outputs:
      highly_sensitive: {cohorts: output/input_*.csv}
`,
        },
      },
    ));

  it("are refused with all that the mapping names and the database lacks, each with its line", () =>
    inHomeMade(
      async (_, run) => {
        const { code, err } = await run(...extraction("?records=wrong.yaml"));
        assert.equal(code, 1);
        const lines = err.split("\n").filter((line) => line.startsWith("wrong.yaml:"));
        const expected = [
          /^wrong\.yaml:6:\d+: The table "ward\.person" has no column "number"/,
          /^wrong\.yaml:7:\d+: The column "born" of the table "ward\.person" holds DATE; here it must hold text or whole numbers/,
          /^wrong\.yaml:8:\d+: The column "gender" .* holds INTEGER; here it must hold days/,
          /^wrong\.yaml:10:\d+: The database has no table "wrd\.lab"/,
          /^wrong\.yaml:13:\d+: "nr" and "status" cannot be joined: one holds whole numbers, the other text/,
          /^wrong\.yaml:15:\d+: The column "result" .* holds DECIMAL\(3,2\); here it must hold whole numbers/,
        ];
        assert.equal(lines.length, expected.length, err);
        for (const [i, pattern] of expected.entries()) assert.match(lines[i] ?? "", pattern);
        assert.match(err, /It has "nr", "gender", "born", "died"\./);
        assert.match(err, /Nearest: "ward\.lab"/);
      },
      {
        files: {
          "wrong.yaml": `based_on: nothing
tables:
  patients:
    from: ward.person
    fields:
      patient_id: number
      sex: {renamed: born, names: {1: M}, others: ""}
      died_on: gender
  events:
    - {from: wrd.lab, fields: {patient_id: nr, code: {system: snomed, text: code}}}
  medications:
    from: ward.diagnosis
    join: {table: ward.lab, on: {nr: lab.status}, kind: inner}
    fields:
      patient_id: lab.result
      code: {system: dmd, text: code}
      issued_at: seen
`,
        },
      },
    ));

  it("may be coded in any system, each in tables of its own: classifications without regard to dots and letter case", () =>
    inHomeMade(
      async (folder, run) => {
        const { code, err } = await run(...extraction());
        assert.equal(code, 0, err);
        assert.deepEqual(cohort(folder, "2020-01-01"), [
          "patient_id,diabetes,type,rate",
          "1,E11.9,two,55.5",
          "2,,,0.0",
          "3,,,0.0",
        ]);
        assert.equal(cohort(folder, "2020-02-01")[2], "2,E10,one,0.0");
        const other = await run(...extraction("?records=other.yaml"));
        assert.equal(other.code, 1);
        assert.match(
          other.err,
          /"rate" .* codelist of "loinc"; the mapping other\.yaml has codes of "icd10" only/,
        );
      },
      {
        files: {
          "analysis/study_definition.ts": codedStudy,
          "records.yaml": codedMapping,
          "other.yaml": codedMapping.replace(/ {4}- \{from: ward\.rate.*\n/, ""),
        },
        made: [
          ...tables,
          "CREATE TABLE ward.icd AS SELECT * FROM (VALUES (1, 1, 'e119', DATE '2020-01-10'), (2, 2, 'E10.', DATE '2020-02-11'), (3, 3, '33914-3', DATE '2020-02-11')) t(id, nr, code, seen)",
          "CREATE TABLE ward.rate AS SELECT * FROM (VALUES (1, 1, '33914-3', DATE '2020-01-10', TIMESTAMP '2020-01-10 10:00:00', 55.5), (2, 2, 'E10', DATE '2020-02-11', NULL, 7)) t(id, nr, code, day, taken, result)",
        ],
      },
    ));

  it("do not shift days: a time with a zone is refused with a way out", () =>
    inHomeMade(
      async (_, run) => {
        const { code, err } = await run(...extraction());
        assert.equal(code, 1);
        assert.match(
          err,
          /"taken" .* holds TIMESTAMP WITH TIME ZONE; here it must hold times or days/,
        );
        assert.match(err, /make a view that says which/);
      },
      { made: [...tables, "ALTER TABLE ward.lab ALTER taken TYPE TIMESTAMPTZ"] },
    ));

  it("are told to lack what the mapping does not give, and not to answer what it turns off", () =>
    inHomeMade(
      async (_, run) => {
        const lacking = await run(...extraction("?records=few.yaml"));
        assert.equal(lacking.code, 1);
        assert.match(
          lacking.err,
          /The mapping few\.yaml does not hold what columns of the study "study_definition" ask for: "sex" \(sex\), "peak_flow" \(with_these_clinical_events returning numeric_value\)/,
        );
        const off = await run(...extraction("?records=off.yaml"));
        assert.equal(off.code, 1);
        assert.match(off.err, /turns off .*"sex" \(sex: nobody wrote it down\)/);
      },
      {
        files: {
          "few.yaml": mapping
            .replace(/ {6}sex: .*\n/, "")
            .replace(", numeric_value: missing", "")
            .replace(/ {8}numeric_value: .*\n/, ""),
          "off.yaml": `${mapping}refuse: {sex: nobody wrote it down}\n`,
        },
      },
    ));
});
