import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";

import { ProblemError } from "../../engine/base/problems.ts";
import type { ColumnDefinition } from "../../engine/definition/model.ts";
import { cellsIn, dummyRowsAt } from "./dummy-rows.ts";
import type { Rows } from "./dummy-rows.ts";
import { column, studyOf } from "./study-of.ts";

type Columns = Readonly<Record<string, ColumnDefinition>>;

function rowsFrom(files: Readonly<Record<string, string>>, columns: Columns): Promise<Rows> {
  const readFile = (path: string): Promise<Uint8Array> => {
    const bytes = Buffer.from(files[path] ?? "");
    return Promise.resolve(path.endsWith(".gz") ? gzipSync(bytes) : bytes);
  };
  return dummyRowsAt(studyOf({ columns }), { readFile, patients: 50 });
}

const value = (f_path: string, returning: string, returning_type: string) =>
  column("with_value_from_file", { f_path, returning, returning_type });
const exists = (f_path: string) => column("which_exist_in_file", { f_path });

async function problemOf(files: Readonly<Record<string, string>>, columns: Columns) {
  const told: string[] = [];
  await assert.rejects(rowsFrom(files, columns), (error) => {
    assert.ok(error instanceof ProblemError);
    told.push(...error.problems.map(({ code, message }) => `${code}: ${message}`));
    return true;
  });
  return told.join();
}

describe("columns from files", () => {
  it("are joined by patient, whose ids come from the file, ascending", async () => {
    const csv = "patient_id,region\n30,West\n4,East\n200,\n";
    const rows = await rowsFrom({ "a.csv": csv }, { region: value("a.csv", "region", "str") });
    assert.deepEqual(rows, { patient_id: [4, 30, 200], region: ["East", "West", ""] });
  });

  it("of several files have everybody who is in any of them, and nobody's row moves", async () => {
    const files = {
      "a.csv.gz": "patient_id,when\n1,2020-01-05\n3,2020-03-05\n",
      "b.csv": "score,patient_id\n2.5,3\n7,2\n",
    };
    const rows = await rowsFrom(files, {
      when: value("a.csv.gz", "when", "date"),
      in_b: exists("b.csv"),
      score: value("b.csv", "score", "float"),
      sex: column("sex", {
        return_expectations: { rate: "universal", category: { ratios: { F: 1 } } },
      }),
    });
    assert.deepEqual(rows, {
      patient_id: [1, 2, 3],
      when: ["2020-01-05", null, "2020-03-05"],
      in_b: [0, 1, 1],
      score: [0, 7, 2.5],
      sex: ["F", "F", "F"],
    });
  });

  it("are read as declared, blank cells as nothing recorded", async () => {
    const csv = "patient_id,x\n1,1\n2,\n";
    const read = async (type: string) =>
      cellsIn(await rowsFrom({ "a.csv": csv }, { x: value("a.csv", "x", type) }), "x");
    assert.deepEqual(await read("bool"), [1, 0]);
    assert.deepEqual(await read("int"), [1, 0]);
    assert.deepEqual(await read("float"), [1, 0]);
    assert.deepEqual(await read("str"), ["1", ""]);
  });

  it("keep texts as they stand: quotes, line breaks, leading zeros, byte order mark", async () => {
    const csv = '\ufeffpatient_id,x\r\n1,007\r\n2,"a ""b"",\nc"\r\n';
    const rows = await rowsFrom({ "a.csv": csv }, { x: value("a.csv", "x", "str") });
    assert.deepEqual(cellsIn(rows, "x"), ["007", 'a "b",\nc']);
  });

  it("that cannot be read are problems naming file, row and column, not the value", async () => {
    const of = (text: string, columns: Columns = { x: value("a.csv", "x", "int") }) =>
      problemOf({ "a.csv": text }, columns);
    assert.match(
      await of("patient_id,x\n1,5\n2,secret\n"),
      /^patient-file-value: Column "x" in row 3 of "a.csv" cannot be read as int$/,
    );
    assert.match(await of("patient_id,x\n1,2.5\n"), /^patient-file-value/);
    assert.match(await of("patient_id,x\nsecret,5\n"), /^patient-file-id: Row 2 of "a.csv" [^]*$/);
    assert.match(await of("patient_id,x\n,5\n"), /^patient-file-id/);
    assert.match(
      await of("patient_id,x\n1,5\n2,5\n1,6\n"),
      /^patient-file-repeated: Rows 2 and 4 of "a.csv"/,
    );
    assert.match(
      await of("patient_id,y\n1,5\n"),
      /^patient-file-column: The file "a.csv" has no column "x"/,
    );
    assert.match(await of("id,x\n1,5\n"), /no column "patient_id"/);
    assert.match(await of("patient_id,x\n1\n"), /^ragged-row/);
    assert.match(await of(""), /^empty-table/);
    assert.doesNotMatch(await of("patient_id,x\n1,secret\n"), /secret/);
    const broken = { "b.csv.gz": exists("b.csv.gz") };
    const readFile = () => Promise.resolve(Buffer.from("not gzip"));
    await assert.rejects(
      dummyRowsAt(studyOf({ columns: { b: broken["b.csv.gz"] } }), { readFile }),
      /not complete gzip/,
    );
  });

  it("without any patient give a cohort without rows", async () => {
    const rows = await rowsFrom({ "a.csv": "patient_id,x\n" }, { x: value("a.csv", "x", "date") });
    assert.deepEqual(rows, { patient_id: [], x: [] });
  });
});
