import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  codelist,
  combineCodelists,
  filterCodesByCategory,
} from "../../engine/definition/codelists/codelist.ts";
import { expandDmdCodelist } from "../../engine/definition/codelists/expand-dmd.ts";
import type { Codelist } from "../../engine/definition/model.ts";
import { refuses } from "./stopped.ts";

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
