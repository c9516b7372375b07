import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { refuses } from "./refusals.ts";
import { age, check, measure, problemsOf } from "./study-of.ts";

refuses("measures", [
  [
    "two measures of one id",
    { columns: { x: [...age] }, measures: [measure({}), measure({})] },
    "measure-duplicate",
    ["measure_m.csv"],
  ],
  [
    "measures told apart by letter case only",
    { columns: { x: [...age] }, measures: [measure({}), measure({ id: "M" })] },
    "measure-duplicate",
    ["measure_M.csv"],
  ],
  [
    "a measure named like another's month, before it",
    { columns: { x: [...age] }, measures: [measure({ id: "m_2020-01-01" }), measure({})] },
    "measure-duplicate",
    ["measure_m.csv"],
  ],
  [
    "a measure named like another's month, after it",
    { columns: { x: [...age] }, measures: [measure({}), measure({ id: "M_2020-01-01" })] },
    "measure-duplicate",
    ["measure_M_2020-01-01.csv"],
  ],
  [
    "ids that a file system may write alike: é in one character and in two",
    { columns: { x: [...age] }, measures: [measure({ id: "é" }), measure({ id: "e\u0301" })] },
    "measure-duplicate",
    ["measure_"],
  ],
  [
    "a numerator among the groups",
    { columns: { x: [...age] }, measures: [measure({ group_by: ["x"] })] },
    "measure-column-in-groups",
    ["'x' appears in both numerator and group_by"],
  ],
  [
    "a denominator among other groups",
    {
      columns: { x: [...age], sex: ["sex"] },
      measures: [measure({ group_by: ["sex", "population"] })],
    },
    "measure-column-in-groups",
    ["denominator"],
  ],
  [
    "a group named twice",
    { columns: { x: [...age], sex: ["sex"] }, measures: [measure({ group_by: ["sex", "sex"] })] },
    "measure-group-repeated",
    ["sex"],
  ],
  [
    "a numerator of text",
    { columns: { x: ["sex"] }, measures: [measure({})] },
    "measure-not-a-number",
    ["str"],
  ],
  [
    "a column that the study does not define, once for all measures that use it",
    {
      columns: { x: [...age], region: [...age] },
      measures: ["a", "b", "c", "d", "e"].map((id) => measure({ id, group_by: ["regoin"] })),
    },
    "measure-unknown-column",
    ['Measures "a", "b", "c" and 2 more', '"regoin"', 'Nearest: "region"', 'fromFile("regoin")'],
  ],
]);

describe("a measure's id", () => {
  const faults: Readonly<Record<string, string>> = {
    "": "is empty",
    "../x": "contains /",
    "a\\b": "contains \\",
    "a:b": "contains :",
    "a*": "contains *",
    "a?": "contains ?",
    'a"b': 'contains "',
    "<a": "contains <",
    "a>": "contains >",
    "a|b": "contains |",
    "a\nb": "control or invisible",
    "a\u202eb": "control or invisible",
    "a\u200bb": "control or invisible",
    "a\ud800": "control or invisible",
    ".": "ends with a dot",
    "..": "ends with a dot",
    "a.": "ends with a dot",
    "a ": "ends with a blank",
    " a": "ends with a blank",
    nul: "Windows reserves",
    "Com1.x": "Windows reserves",
    ["ü".repeat(101)]: "longer than 200 bytes",
  };
  for (const [id, fault] of Object.entries(faults)) {
    it(`cannot be ${JSON.stringify(id.slice(0, 12))}, which ${fault}`, () => {
      const found = problemsOf({ columns: { x: [...age] }, measures: [measure({ id })] });
      assert.deepEqual(
        found.map(({ code }) => code),
        ["measure-id"],
      );
      assert.ok(found[0]?.message.includes(fault), found[0]?.message);
    });
  }

  it("may be any name that can be a file's everywhere", () => {
    const ids = [
      ...["died_18+_rate", "af_&_crcl", "a,b; c", "50% (men)", "Überlebende", "日本", "console"],
      ...[".hidden", "m_2020-01-01", "m_2020-02-01", "n_2020-13-01", "n", "x".repeat(200)],
    ];
    const measures = ids.map((id) => measure({ id }));
    assert.deepEqual(problemsOf({ columns: { x: [...age] }, measures }), []);
  });
});

describe("a column that a measure takes from the cohort files", () => {
  const hidden = ["satisfying", { expression: "x", extra_columns: { x: age } }] as const;

  it("is left to the files where it is marked, whatever the study knows", () => {
    const marked = [
      measure({ id: "a", group_by: ["ethnicity"], numerator: "y", from_file: ["ethnicity"] }),
      measure({ id: "b", group_by: ["x"], numerator: "y", from_file: ["x"] }),
    ];
    const found = check({ columns: { y: [...hidden] }, measures: marked });
    assert.deepEqual([found.ok, found.warnings], [true, []]);
  });

  it("is warned about where it is hidden in another column and not marked", () => {
    const measures = [measure({}), measure({ id: "n" })];
    const found = check({ columns: { y: [...hidden] }, measures });
    assert.equal(found.ok, true);
    assert.deepEqual(
      found.warnings.map(({ code }) => code),
      ["measure-hidden-column"],
    );
    assert.match(
      found.warnings[0]?.message ?? "",
      /^Measures "m", "n" of study .* use "x", which is hidden/,
    );
    assert.match(found.warnings[0]?.hint ?? "", /fromFile\("x"\)/);
  });

  it("may be of any type in the files, though a hidden column of its name is text", () => {
    const text = ["satisfying", { expression: "x = 'F'", extra_columns: { x: ["sex"] } }] as const;
    const measures = [measure({ from_file: ["x"] })];
    assert.equal(check({ columns: { y: [...text] }, measures }).ok, true);
  });
});
