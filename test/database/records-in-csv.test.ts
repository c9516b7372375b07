import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { checked } from "../definition/study-of.ts";
import { problemsOf } from "../table/problem-of.ts";
import { inRecordsFolder } from "./records-folder.ts";
import type { RecordFiles } from "./records-folder.ts";
import { cohortTexts } from "./small-records.ts";
import { HEADER, base, columns, event, expected, row, rowsOf, toldOf } from "./csv-records.ts";
import { refused } from "./refused-csv.ts";

const taken: readonly (readonly [what: string, files: RecordFiles, first: string])[] = [
  ["line ends of CR LF", event("1,1,111,2020-03-01,5.5\r\n".repeat(1), HEADER), row("111")],
  ["line ends of CR", event("1,1,111,2020-03-01,5.5\r2,2,222,2020-03-02,7\r"), row("111")],
  ["mixed line ends", event("2,2,222,2020-03-02,7\r\n1,1,111,2020-03-01,5.5\n\r"), row("111")],
  ["no line end at the end", event("1,1,111,2020-03-01,5.5"), row("111")],
  ["blank lines", event("\n\n1,1,111,2020-03-01,5.5\n\n"), row("111")],
  ["a byte order mark", event("1,1,111,2020-03-01,5.5\n", `\ufeff${HEADER}`), row("111")],
  ["a code that begins with #", event("1,1,#1,2020-03-01,5.5\n"), row("#1")],
  ["a quoted comma", event('1,1,"a,b",2020-03-01,5.5\n'), row('"a,b"')],
  ["quotes inside quotes", event('1,1,"say ""x""",2020-03-01,5.5\n'), row('"say ""x"""')],
  ["every cell quoted", event('"1","1","111","2020-03-01","5.5"\n'), row("111")],
  ["a code with noughts before it", event("1,1,007,2020-03-01,5.5\n"), row("007")],
  ["letters beyond ASCII", event("1,1,é,2020-03-01,5.5\n"), row("é")],
  ["no value", event("1,1,111,2020-03-01,\n"), row("111", "0.0")],
  ["an empty quoted value", event('1,1,111,2020-03-01,""\n'), row("111", "0.0")],
  ["a value with an exponent", event("1,1,111,2020-03-01,1.5e2\n"), row("111", "150.0")],
  ["a time", event("1,1,111,2020-03-01T23:59:59.9999999,5.5\n"), row("111")],
  ["a time in SQL Server's way", event("1,1,111,2020-03-01 10:30:00.000,5.5\n"), row("111")],
  ["a time in UTC", event("1,1,111,2020-03-01T23:59:59Z,5.5\n"), row("111")],
  [
    "a time with a zone, which is the day in UTC",
    event("1,1,111,2020-03-02T00:30:00+01:00,5.5\n"),
    row("111"),
  ],
  [
    "the earliest and the last day",
    event("1,1,111,0001-01-01,5.5\n"),
    row("111", "5.5", "0001-01-01"),
  ],
  [
    "columns in another order and letter case",
    event(
      "5.5,111,1,1,2020-03-01,x\n",
      "numericvalue,CONCEPTID,Patient_ID,CodedEvent_ID,ConsultationDate,Other",
    ),
    row("111"),
  ],
  [
    "a wrong value in a column that the study does not read",
    event("1,1,111,2020-03-01,5.5,oops\n", `${HEADER},CodingSystem`),
    row("111"),
  ],
  [
    "a packed file",
    {
      "CodedEvent_SNOMED.csv": null,
      "CodedEvent_SNOMED.csv.gz": gzipSync(`${HEADER}\n1,1,111,2020-03-01,5.5\n`),
    },
    row("111"),
  ],
  [
    "files of a folder whose columns differ in order",
    {
      "CodedEvent_SNOMED.csv": null,
      "CodedEvent_SNOMED/b.csv": `${HEADER}\n1,1,111,2020-03-01,5.5\n`,
      "CodedEvent_SNOMED/a.csv":
        "ConceptID,Patient_ID,CodedEvent_ID,NumericValue,ConsultationDate\n222,2,2,7,2020-03-02\n",
    },
    row("111"),
  ],
];

const wrongCells: readonly (readonly [column: string, values: readonly string[]])[] = [
  [
    "Patient_ID",
    [
      "1.5",
      "1.0",
      "1e5",
      "1.23457E+11",
      "NHS123",
      " 1",
      "1 ",
      "+1",
      "0x1",
      "9007199254740992",
      "-9007199254740993",
      "12345678901234567890",
      "nan",
      "١",
    ],
  ],
  [
    "ConsultationDate",
    [
      "03/05/1980",
      "13/06/2020",
      "80-06-13",
      "01.03.1980",
      "2020-3-1",
      "2020-02-30",
      "2021-02-29",
      "0000-01-01",
      "2020-01-01T24:00",
      "2020-01-01T10:61",
      "2020-01-01T10:00:60",
      "2020-01-01 10",
      "2020-01-01T10:00:00 Europe/London",
      "2020-01-01x",
      "20200101",
      "infinity",
      "epoch",
      "43831",
      "0001-01-01T00:00+01",
      "9999-12-31T23:59-01:00",
    ],
  ],
  ["NumericValue", ["1,5", "12 ", "1e999", "inf", "NaN", "<5", "--1", "0x10"]],
];

function withCell(column: string, value: string): RecordFiles {
  const cells = {
    Patient_ID: "2",
    CodedEvent_ID: "2",
    ConceptID: "222",
    ConsultationDate: "2020-03-02",
    NumericValue: "7",
  };
  const wrong = Object.entries({ ...cells, [column]: `"${value}"` }).map(([, cell]) => cell);
  return event(`1,1,111,2020-03-01,5.5\n${wrong.join(",")}\n`);
}

describe("records in csv", () => {
  it("are read as declared", async () => {
    assert.deepEqual(await rowsOf({}), expected);
  });

  for (const [what, files, first] of taken) {
    it(`may have ${what}`, async () => {
      assert.equal((await rowsOf(files))[0], first);
    });
  }

  for (const [what, files, told] of refused) {
    it(`are refused by file and row with ${what}`, async () => {
      const found = await toldOf(files);
      assert.match(found[0] ?? "", told);
      assert.ok(!/secret|café/.test(found.join()));
    });
  }

  for (const [column, values] of wrongCells) {
    it(`are refused by row and column where a value of ${column} is not what is declared, without the value`, async () => {
      for (const value of values) {
        const [only = "", ...more] = await toldOf(withCell(column, value));
        assert.deepEqual(more, [], value);
        assert.match(
          only,
          new RegExp(`^record-value: Column "${column}" of "CodedEvent_SNOMED.csv" .* row 3 \\|`),
          value,
        );
        assert.ok(value.length < 4 || !only.includes(value), only);
      }
    });
  }

  it("have all their wrong columns told at once, each with its first row and how many more", async () => {
    const rows = "1,1,111,x,y\n".repeat(3);
    const found = await toldOf({
      ...event(rows),
      "Patient.csv": "Patient_ID,Sex,DateOfBirth\n1,F,1/2/50\n",
    });
    assert.deepEqual(found.map((each) => each.split(" | ")[0] ?? "").sort(), [
      'record-value: Column "ConsultationDate" of "CodedEvent_SNOMED.csv" holds something other than a day or time in row 2, and in 2 more rows',
      'record-value: Column "DateOfBirth" of "Patient.csv" holds something other than a day in row 2',
      'record-value: Column "NumericValue" of "CodedEvent_SNOMED.csv" holds something other than a number in row 2, and in 2 more rows',
    ]);
  });

  it("are the same wherever in a large file a quote, a wide text or a wrong value stands", async () => {
    const many = "2,2,333,2020-03-02,7\n".repeat(30_000);
    assert.equal(
      (await rowsOf(event(`${many}1,1,"say ""x""",2020-03-01,5.5\n`)))[0],
      row('"say ""x"""'),
    );
    const [only] = await toldOf(event(`${many}1,1,111,2020-03-01,\n1,1,111,never,5.5\n`));
    assert.match(only ?? "", /row 30003 /);
  });

  it("may have more different texts than are held at once", async () => {
    const many = Array.from({ length: 140_000 }, (_, i) => `2,${i},c${i},2020-03-02,7\n`).join("");
    assert.deepEqual(
      await rowsOf(event(`1,1,111,2020-03-01,5.5\n${many}2,2,222,2020-03-02,7\n`)),
      expected,
    );
  });

  it("are not waited for where a pipe stands in place of a file", async () => {
    const files = { ...base, "CodedEvent_SNOMED.csv": null };
    await inRecordsFolder(files, async (workspace) => {
      execFileSync("mkfifo", [join(workspace, "records/CodedEvent_SNOMED.csv")]);
      const study = checked(columns);
      const told = await problemsOf(() => cohortTexts("duckdb:records", { workspace, study }));
      assert.deepEqual(
        told.map(({ code }) => code),
        ["record-file-kind"],
      );
      const pipe = await problemsOf(() =>
        cohortTexts("duckdb:records/CodedEvent_SNOMED.csv", { workspace, study }),
      );
      assert.deepEqual(
        pipe.map(({ code }) => code),
        ["database-not-a-file"],
      );
    });
  });

  it("are not read through a link that leads out of the folder, unless the URL allows its folder", async () => {
    const files = {
      ...base,
      "CodedEvent_SNOMED.csv": null,
      "../else/CodedEvent_SNOMED.csv": base["CodedEvent_SNOMED.csv"] ?? "",
    };
    await inRecordsFolder(files, async (workspace) => {
      symlinkSync(
        join(workspace, "else/CodedEvent_SNOMED.csv"),
        join(workspace, "records/CodedEvent_SNOMED.csv"),
      );
      const asking = { workspace, study: checked(columns), indexDates: ["2020-04-01"] };
      const told = await problemsOf(() => cohortTexts("duckdb:records", asking));
      assert.deepEqual(
        told.map(({ code }) => code),
        ["record-file-outside"],
      );
      const [text = ""] = await cohortTexts("duckdb:records?allow=else", asking);
      assert.deepEqual(text.trimEnd().split("\n").slice(1), expected);
    });
  });
});
