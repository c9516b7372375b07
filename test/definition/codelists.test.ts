import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { ProblemError } from "../../engine/base/problems.ts";
import type { Problem } from "../../engine/base/problems.ts";
import {
  codelist,
  combineCodelists,
  filterCodesByCategory,
} from "../../engine/definition/codelists/codelist.ts";
import { expandDmdCodelist } from "../../engine/definition/codelists/expand-dmd.ts";
import type { Codelist } from "../../engine/definition/model.ts";
import { parseCodelistCsv } from "../../engine/definition/codelists/parse-codelist-csv.ts";
import { splitCsv } from "../../engine/definition/codelists/split-csv.ts";

function stopped(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError && error.problems[0] !== undefined) return error.problems[0];
    throw error;
  }
  return assert.fail("nothing stopped");
}

function refuses(act: () => unknown, code: string, says: RegExp): void {
  const problem = stopped(act);
  assert.equal(problem.code, code);
  assert.match(`${problem.message}\n${problem.hint}`, says);
}

/** What study code can pass, since nothing checks its types when it runs. */
function untyped(codes: unknown, system: unknown): Codelist {
  return codelist(codes as string[], system as string);
}

const severity = codelist(
  [
    ["A1", "mild"],
    ["B2", "severe"],
    ["C3", "mild"],
  ],
  "ctv3",
);

describe("a codelist written out", () => {
  it("keeps codes, categories, order and repeats", () => {
    assert.deepEqual(codelist(["B", "A", "B"], "icd10"), {
      system: "icd10",
      codes: ["B", "A", "B"],
    });
    assert.deepEqual(codelist([["1", ""]], null), { system: null, codes: [["1", ""]] });
    const twice = [
      ["1", "A"],
      ["1", "A"],
    ] as const;
    assert.deepEqual(codelist(twice, "ctv3").codes, twice);
  });

  it("drops white space around codes, and blank codes", () => {
    assert.deepEqual(codelist([" A ", "", "\u00a0"], "icd10").codes, ["A"]);
    assert.deepEqual(
      codelist(
        [
          ["  ", "x"],
          [" A", " y "],
        ],
        "icd10",
      ).codes,
      [["A", "y"]],
    );
  });

  it("is frozen to the last pair", () => {
    const { codes } = severity;
    for (const each of [severity, codes, ...codes]) assert.ok(Object.isFrozen(each));
  });

  it("does not freeze the list it was given", () => {
    const given: [string, string][] = [["A", "x"]];
    codelist(given, "icd10");
    assert.ok(!Object.isFrozen(given) && !Object.isFrozen(given[0]));
  });

  it("is refused when it is not a list of text or of pairs", () => {
    refuses(() => untyped("123", "snomed"), "codelist-not-a-list", /not from text.*\["123"\]/s);
    refuses(() => untyped({}, "snomed"), "codelist-not-a-list", /an object/);
    refuses(() => untyped(["1", 2], "snomed"), "codelist-entry", /Entry 2 .*a number/);
    refuses(() => untyped([["1", 2]], "snomed"), "codelist-entry", /Entry 1 /);
    refuses(() => untyped([["1", "2", "3"]], "snomed"), "codelist-entry", /a list/);
    refuses(() => untyped(["1"], undefined), "codelist-without-system", /not undefined.*"snomed"/s);
  });

  it("is refused when it has no codes", () => {
    refuses(() => codelist([], "snomed"), "codelist-empty", /A codelist has no codes/);
    refuses(() => codelist([" "], "snomed"), "codelist-empty", /no codes/);
  });

  it("is refused when only some codes have a category", () => {
    const mixed = "codelist-partly-categorised";
    refuses(() => untyped(["1", "2", ["3", "x"]], "snomed"), mixed, /Code 3 .* a category/);
    refuses(() => untyped([["1", "x"], "2"], "snomed"), mixed, /Code 2 .* no category/);
  });

  it("is refused when a code is in two categories", () => {
    const twice = [
      ["1", "A"],
      ["1", "C"],
    ] as const;
    refuses(
      () => codelist(twice, "ctv3"),
      "codelist-conflict",
      /"1" in two categories, "A" and "C"/,
    );
  });
});

describe("combined codelists", () => {
  it("hold each code once, in order of first mention", () => {
    const one = codelist(["B", "A", "B"], "icd10");
    const other = codelist(["C", "A"], "icd10");
    assert.deepEqual(combineCodelists(one, other, one), {
      system: "icd10",
      codes: ["B", "A", "C"],
    });
    assert.deepEqual(combineCodelists(one).codes, ["B", "A"]);
    assert.deepEqual(combineCodelists(severity, codelist([["D4", "x"]], "ctv3")).codes, [
      ...severity.codes,
      ["D4", "x"],
    ]);
  });

  it("must agree in system, in having categories, and in the category of each code", () => {
    const plain = codelist(["A1"], "ctv3");
    const systems = "codelists-of-different-systems";
    refuses(() => combineCodelists(plain, codelist(["A"], "icd10")), systems, /'ctv3' and 'icd10'/);
    refuses(() => combineCodelists(plain, codelist(["A"], null)), systems, /'ctv3' and 'none'/);
    refuses(() => combineCodelists(plain, severity), "codelists-partly-categorised", /Cannot/);
    refuses(() => combineCodelists(severity, plain), "codelists-partly-categorised", /Cannot/);
    const other = codelist([["A1", "severe"]], "ctv3");
    refuses(() => combineCodelists(severity, other), "codelist-conflict", /"A1".*"mild".*"severe"/);
  });
});

describe("choosing codes by category", () => {
  it("keeps their order and system", () => {
    assert.deepEqual(filterCodesByCategory(severity, ["mild", "unused"]), {
      system: "ctv3",
      codes: [
        ["A1", "mild"],
        ["C3", "mild"],
      ],
    });
  });

  it("needs categories, a list, and something left", () => {
    const plain = codelist(["A"], "ctv3");
    refuses(() => filterCodesByCategory(plain, ["x"]), "codelist-uncategorised", /no categories/);
    const text = "mild" as unknown as string[];
    refuses(() => filterCodesByCategory(severity, text), "codelist-not-a-list", /from text/);
    const unused = "codelist-category-unused";
    refuses(() => filterCodesByCategory(severity, ["x"]), unused, /in "x".*"mild", "severe"\./s);
    refuses(() => filterCodesByCategory(severity, []), unused, /no category at all/);
  });
});

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

describe("splitting comma-separated text", () => {
  it("gives back any values that were quoted by the book, with their lines", () => {
    const value = fc.string({ unit: fc.constantFrom("a", "b", '"', ",", "\n", " ") });
    const row = fc.array(value, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row), fc.constantFrom("\n", "\r\n", "\r"), (table, lineEnd) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const plain = (text: string): string => (/[",\n]/.test(text) ? quoted(text) : text);
        const texts = table.map((values) => values.map(plain).join(","));
        let line = 1;
        const expected = table.flatMap((values, index) => {
          const at = line;
          line += (texts[index] ?? "").split("\n").length;
          return values.join(",") === "" ? [] : [{ line: at, values }];
        });
        const text = texts.map((each) => each.replaceAll("\n", lineEnd) + lineEnd).join("");
        assert.deepEqual(splitCsv(text), { rows: expected, brokenQuote: null });
      }),
    );
  });
});

describe("a dm+d codelist", () => {
  const plain = (...codes: string[]): Codelist => codelist(codes, "snomed");

  it("gains the other id of every pair, sorted, each once", () => {
    const pairs = [
      ["2", "1"],
      ["9", "8"],
      ["4", "3"],
    ] as const;
    assert.deepEqual(expandDmdCodelist(plain("4", "1", "4", "7"), pairs), {
      system: "snomed",
      codes: ["1", "2", "3", "4", "7"],
    });
    assert.deepEqual(expandDmdCodelist(plain("b", "a", "B"), []).codes, ["B", "a", "b"]);
  });

  it("follows a chain only as far as the order of the pairs allows", () => {
    const chain = [
      ["2", "1"],
      ["3", "2"],
    ] as const;
    assert.deepEqual(expandDmdCodelist(plain("1"), chain).codes, ["1", "2", "3"]);
    assert.deepEqual(expandDmdCodelist(plain("1"), chain.toReversed()).codes, ["1", "2"]);
  });

  it("gives a gained id its partner's category, the later pair's if two do", () => {
    const list = codelist(
      [
        ["1", "A"],
        ["5", "B"],
      ],
      "snomed",
    );
    const pairs = [
      ["1", "3"],
      ["5", "3"],
    ] as const;
    assert.deepEqual(expandDmdCodelist(list, pairs).codes, [
      ["1", "A"],
      ["3", "B"],
      ["5", "B"],
    ]);
  });
});
