import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inHomeMade, mapping, tables } from "./home-made-records.ts";

const words = (file = "records.yaml"): readonly string[] => [
  "check_records",
  `--database-url=duckdb:records.duckdb?records=${file}`,
];

/** 40 events of every year from 2015 to 2024, and one of 1955; every fifth without a number. */
const many = [
  ...tables,
  "CREATE TABLE ward.visit AS SELECT i AS id, 1 + i % 3 AS nr, '195967001' AS code, DATE '2015-01-15' + INTERVAL (i // 40) YEAR AS seen, CASE WHEN i % 5 > 0 THEN i END AS result FROM range(400) t(i)",
  "INSERT INTO ward.visit VALUES (400, 1, '195967001', DATE '1955-02-03', 7)",
];

const visits = `  events:
    from: ward.visit
    fields: {patient_id: nr, code: {system: snomed, text: code}, recorded_at: seen, event_id: id, numeric_value: result}
`;

const withVisits = mapping.replace(/ {2}events:[^]*/, visits);

describe("records that are checked", () => {
  it("are told by rows, shares and years: rounded, and of a few nothing", () =>
    inHomeMade(
      async (_, run) => {
        const { code, out, err } = await run(...words());
        assert.equal(code, 0, err);
        assert.match(out, /^snomed_events: 400 rows\n {2}event_id: never missing$/m);
        assert.match(
          out,
          /^ {2}recorded_at: never missing, years 2015 to 2024, fewer than 8 outside$/m,
        );
        assert.match(out, /^ {2}numeric_value: 20% missing$/m);
        assert.match(out, /^patients: fewer than 8 rows$/m);
        assert.match(out, /^ {2}born_on: never missing, too few to tell the years$/m);
        assert.doesNotMatch(out + err, /1955|1950|1980|401/);
        assert.match(
          err,
          /snomed_events: rows lie outside the patient's life: fewer than 8 before birth, \d5 after death/,
        );
      },
      { made: many, files: { "records.yaml": withVisits } },
    ));

  it("have a problem where counts would be wrong: an id in several rows, a left join with several partners", () =>
    inHomeMade(
      async (_, run) => {
        const { code, err } = await run(...words());
        assert.equal(code, 1);
        assert.match(
          err,
          /snomed_events: fewer than 8 ids stand in several rows \(event_id\) \[records-id-repeated\]/,
        );
        assert.match(
          err,
          /patients: the left join finds several rows of "ward\.lab" for fewer than 8 keys/,
        );
        assert.match(
          err,
          /snomed_events: fewer than 8 rows are of patients whom the table of patients does not have/,
        );
      },
      {
        made: [
          ...tables,
          "INSERT INTO ward.diagnosis VALUES (11, 1, '195967001', DATE '2020-01-10'), (20, 77, '195967001', DATE '2020-01-10')",
        ],
        files: {
          "records.yaml": mapping
            .replace(
              "from: ward.person\n",
              "from: ward.person\n    join: {table: ward.lab, on: {nr: lab.nr}, kind: left}\n",
            )
            .replace("born_on: born", "born_on: {day_of: lab.taken}"),
        },
      },
    ));

  it("count nobody who opted out", () =>
    inHomeMade(
      async (_, run) => {
        const { out, err, code } = await run(...words());
        assert.equal(code, 0, err);
        // A third of the visits is of patient 1.
        assert.match(out, /^snomed_events: 1[23]\d rows$/m);
      },
      {
        made: [...many, "CREATE TABLE ward.allowed AS SELECT 2 AS nr"],
        files: {
          "records.yaml": `${withVisits}  patients_not_opted_out: {from: ward.allowed, fields: {patient_id: nr}}\n`,
        },
      },
    ));
});
