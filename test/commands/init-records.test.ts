import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { firstMapping } from "../../engine/schema/mapping/first-mapping.ts";
import { mappedKind } from "../../engine/schema/mapping/mapped-kind.ts";
import { readMapping } from "../../engine/schema/mapping/read-mapping.ts";
import type { FoundColumn } from "../../engine/schema/check-provider.ts";
import { inHomeMade, tables } from "./home-made-records.ts";

function written(all: Readonly<Record<string, Readonly<Record<string, FoundColumn["kind"]>>>>) {
  const text = firstMapping(
    Object.entries(all).map(([name, columns]) => ({
      name,
      columns: Object.entries(columns).map(([column, kind]) => ({
        name: column,
        type: (kind ?? "blob").toUpperCase(),
        kind,
      })),
    })),
  );
  const { mapping, problems } = readMapping(text, "records.yaml");
  assert.deepEqual(problems, [], text);
  assert.deepEqual(mapping === null ? null : mappedKind(mapping, "").problems, [], text);
  return text;
}

const person = { person_id: "int", gender: "int", dob: "date", dod: "text" } as const;

describe("a first mapping file", () => {
  it("is written from the tables of a database, and never over one that is there", () =>
    inHomeMade(
      async (folder, run) => {
        const first = await run("init", "--records=duckdb:records.duckdb", "own");
        assert.equal(first.code, 1, "the folder is not there");
        const { code, err } = await run("init", "--records=duckdb:records.duckdb");
        assert.equal(code, 0, err);
        const text = readFileSync(join(folder, "records.yaml"), "utf8");
        assert.match(text, /^ {4}from: ward\.person$/m);
        assert.match(text, /^ {6}patient_id: nr {3}# nr: INTEGER$/m);
        assert.match(text, /^ {6}# sex: \{renamed: gender/m);
        assert.doesNotMatch(text, /1980|195967001/);
        const checked = await run("check_records", "--database-url=duckdb:records.duckdb");
        assert.equal(checked.code, 0, checked.err);
        const again = await run("init", "--records=duckdb:records.duckdb");
        assert.match(again.err, /\[init-file-exists\]/);
      },
      { files: { "records.yaml": null }, made: tables },
    ));

  it("says nothing of what must be told by somebody who knows: it stands in a comment", () => {
    const text = written({ person });
    assert.match(text, /^ {6}# died_on: \{day_in_text: dod, layout: iso\}/m);
    assert.match(text, /^ {6}born_on: dob/m);
  });

  it("says of several tables of events of every field what it is, or that its rows have none", () => {
    const event = { person_id: "int", snomed_code: "int", event_date: "date", id: "int" } as const;
    const text = written({ person, diagnosis: event, lab: { ...event, result: "real" } });
    assert.match(text, /numeric_value: missing/);
    assert.match(text, /numeric_value: result/);
    assert.match(text, /whole_number_as_text: snomed_code/);
  });

  it("is in order whatever tables and columns are called", () => {
    const odd = [
      "a b",
      "yes",
      "missing",
      "a.b",
      "x'\"; DROP",
      "é",
      "- x",
      "#c",
      "\u202e",
      "a\nb",
      "{",
      "null",
    ];
    for (const name of odd) {
      written({
        [`person ${name}`]: { person_id: "int", dob: "date", [name]: "text" },
        [name]: person,
      });
      written({ person: { [name]: "int", dob: "date" }, [`${name}.event`]: person });
    }
    assert.match(written({}), /name yours/);
    assert.match(written({ AllowedPatientsWithTypeOneDissent: {} }), /^based_on: tpp$/m);
  });
});
