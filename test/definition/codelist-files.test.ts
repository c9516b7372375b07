import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Codelist } from "../../engine/definition/model.ts";
import { parseCodelistCsv } from "../../engine/definition/codelists/parse-codelist-csv.ts";
import { refuses, stopped } from "./stopped.ts";

describe("a codelist file", () => {
  const source = { file: "codelists/asthma.csv", system: "snomed", column: "code" };
  const read = (text: string): Codelist["codes"] => parseCodelistCsv(text, source).codes;
  const pairs = (text: string): Codelist["codes"] =>
    parseCodelistCsv(text, { ...source, categoryColumn: "group" }).codes;

  const texts: readonly (readonly [what: string, text: string, codes: readonly string[]])[] = [
    ["of one column", "code\nA\nB\n", ["A", "B"]],
    ["without a last line end", "code\nA\nB", ["A", "B"]],
    ["with CRLF", "code,term\r\nA,x\r\nB,y\r\n", ["A", "B"]],
    ["with CR", "code,term\rA,x\rB,y\r", ["A", "B"]],
    ["with a byte order mark", "\uFEFFcode,term\nA,x\n", ["A"]],
    ["with white space", " code ,term\n A\t,x\n", ["A"]],
    ["with blank codes, lines and rows", "code,term\n\n ,x\nA,y\n,\n,,,,\n  \n", ["A"]],
    ["with the column elsewhere", "term,code\nx,A\n", ["A"]],
    ["with quotes", 'term,"code"\n"x, ""y""\nz","A"\n5" pipe,B\n"z" ,C\n', ["A", "B", "C"]],
    [
      "with leading zeros and long numbers",
      "code\n007\n900000000000000001\n",
      ["007", "900000000000000001"],
    ],
    ["with repeats", "code\nA\nA\n", ["A", "A"]],
  ];
  for (const [what, text, codes] of texts) {
    it(`${what} gives its codes as text`, () => {
      assert.deepEqual(read(text), codes);
    });
  }

  it("with a category column gives pairs, blank categories among them", () => {
    assert.deepEqual(pairs("code,group\nA, x \nB,\n,y\n"), [
      ["A", "x"],
      ["B", ""],
    ]);
  });

  it("keeps the system and is frozen", () => {
    const made = parseCodelistCsv("code\nA", source);
    assert.equal(made.system, "snomed");
    assert.ok(Object.isFrozen(made) && Object.isFrozen(made.codes));
  });

  it("is refused with its name and what is wrong", () => {
    refuses(
      () => read("Code,term\nA,x"),
      "codelist-column",
      /asthma\.csv.*"code".*Nearest: "Code"/s,
    );
    refuses(() => read("x,y\n1,2"), "codelist-column", /Its columns are "x", "y"/);
    refuses(() => pairs("code,grop\nA,x"), "codelist-column", /no column "group".*"grop"/s);
    refuses(
      () => read("code,code\nA,B"),
      "codelist-column-repeated",
      /more than one column "code"/,
    );
    for (const empty of ["", "\n", "code\n", "code,term\n,x\n"]) {
      refuses(() => read(empty), "codelist-empty", /asthma\.csv" has no codes/);
    }
    refuses(() => pairs("code,group\nA,x\nA,y"), "codelist-conflict", /asthma\.csv" has code "A"/);
    refuses(() => read('code\n"A'), "codelist-quote", /line 2/);
    refuses(() => read('t,code\n"x\ny\nz","A\n'), "codelist-quote", /line 4/);
    refuses(() => read('code,t\n"A","x\ny"\nB,"z"z\n'), "codelist-quote", /line 4/);
  });

  it("is refused when a row is longer or shorter than its header, at the line of the first", () => {
    const long = 'code,term\n"A","x\ny"\nB,left, or right\nC\n';
    refuses(() => read(long), "codelist-row-length", /line 4 has 3 values, but the header names 2/);
    refuses(() => read(long), "codelist-row-length", /\(1 more row of/);
    assert.deepEqual(stopped(() => read(long)).place, { file: source.file, line: 4 });
    refuses(() => read("code,term\nA\n"), "codelist-row-length", /line 2 has 1 value,/);
  });

  it("of 100,000 codes is read in well under a second", () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `${index},"term, ${index}",x`);
    const started = performance.now();
    assert.equal(read(`code,term,group\n${lines.join("\n")}`).length, 100_000);
    // Ten times what an idle machine takes: what grows with the square of the rows takes minutes.
    assert.ok(performance.now() - started < 5000);
  });
});
