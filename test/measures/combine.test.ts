import assert from "node:assert/strict";
import { describe, it } from "node:test";

import fc from "fast-check";

import { isoDateOf } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { combine } from "../../engine/measures/combine.ts";
import { quotedField } from "../../engine/table/csv/quoted-field.ts";

type Files = readonly (readonly [date: string, ...pieces: string[]])[];

async function combined(files: Files): Promise<string> {
  const dated = files.map(([date, ...text]) => ({ date: isoDateOf(date), text }));
  let all = "";
  for await (const piece of combine("m", dated)) all += piece;
  return all;
}

describe("combining a measure's files", () => {
  it("puts the rows of all dates under one header, with their date at the end", async () => {
    assert.equal(
      await combined([
        ["2020-01-01", "sex,n,value\nF,1.0,\nM,,\n"],
        ["2020-02-01", "sex,n,value\nF,2.0,inf\n"],
      ]),
      "sex,n,value,date\nF,1.0,,2020-01-01\nM,,,2020-01-01\nF,2.0,inf,2020-02-01\n",
    );
  });

  it("sorts by date, in whatever order the files come", async () => {
    assert.equal(
      await combined([
        ["2020-10-01", "n,value\n3.0,1.0\n"],
        ["1999-12-31", "n,value\n1.0,1.0\n"],
        ["2020-09-01", "n,value\n2.0,1.0\n"],
      ]),
      "n,value,date\n1.0,1.0,1999-12-31\n2.0,1.0,2020-09-01\n3.0,1.0,2020-10-01\n",
    );
  });

  it("takes dates without rows and a measure without dates", async () => {
    assert.equal(
      await combined([
        ["2020-01-01", "n,value\n"],
        ["2020-02-01", "n,value\n6.0,1.0\n"],
      ]),
      "n,value,date\n6.0,1.0,2020-02-01\n",
    );
    assert.equal(await combined([["2020-01-01", "n,value\n"]]), "n,value,date\n");
    assert.equal(await combined([]), "");
  });

  it("does not take a line end inside quotes for the end of a row, in the header neither", async () => {
    assert.equal(
      await combined([["2020-01-01", '"key\none",n\n"a ""b""\nc",1.0\nd,2.0\n']]),
      '"key\none",n,date\n"a ""b""\nc",1.0,2020-01-01\nd,2.0,2020-01-01\n',
    );
  });

  it("refuses files with different columns, naming the measure and the dates", async () => {
    await assert.rejects(
      combined([
        ["2020-03-01", "sex,n,value\n"],
        ["2020-02-01", "region,n,value\n"],
        ["2020-01-01", "region,n,value\n"],
      ]),
      (error) => {
        assert.ok(error instanceof ProblemError);
        assert.equal(error.problems[0]?.code, "measure-headers-differ");
        assert.equal(
          error.message,
          'Measure "m" has different columns on 2020-01-01 and 2020-03-01.',
        );
        return true;
      },
    );
  });

  it("does not care where its texts are cut into pieces", async () => {
    const word = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "é"), maxLength: 4 });
    const table = fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(table, fc.array(fc.nat(30), { maxLength: 4 }), async (rows, cuts) => {
        const lines = rows.map((row) => row.map(quotedField).join(","));
        const text = lines.map((line) => `${line}\n`).join("");
        const ends = [0, ...cuts, text.length].sort((a, b) => a - b);
        const pieces = ends.slice(1).map((end, at) => text.slice(ends[at], end));
        const [header = "", ...others] = lines;
        const dated = others.map((line) => `${line},2020-01-01\n`);
        const expected = `${header},date\n${dated.join("")}`;
        assert.equal(await combined([["2020-01-01", ...pieces]]), expected);
      }),
      { numRuns: 500 },
    );
  });
});
