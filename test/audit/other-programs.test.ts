/** What an audit takes tables of other programs, and numbers that others know, to say: no more than they do. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { audit } from "../../engine/audit/audit.ts";
import type { AuditResult } from "../../engine/audit/audit-result.ts";
import { readDescription } from "../../engine/audit/describe/read-description.ts";

interface Table {
  readonly id?: string;
  readonly of?: string;
  readonly by?: readonly string[];
  readonly rule?: object | null;
  readonly hides?: boolean;
  readonly rows: readonly string[];
}

const date = "2021-03-01";

/** Tables of one release; of those without a rule Cohortline hid the small numbers. */
function audited(tables: readonly Table[], more: object = {}): AuditResult {
  const named = tables.map((table, at) => ({ id: `m${at}`, of: "ill", by: ["area"], ...table }));
  const measures = named.map(({ id, of, by, rule = null, hides = true }) => ({
    ...{
      id,
      numerator: of,
      denominator: "population",
      group_by: by.length === 0 ? ["population"] : by,
    },
    ...(rule === null ? { small_number_suppression: hides } : { rule }),
  }));
  const files = named.map(({ id, of, by, rows }) => [
    `measure_${id}.csv`,
    [
      `${[...by, of].join()},population,value,date`,
      ...rows.map((row) => `${row},${date}`),
      "",
    ].join("\n"),
  ]);
  const given = {
    ...{
      format: 1,
      columns: { ill: { kind: "flag" } },
      policy: { small: 5, minValues: 3 },
      ...more,
    },
    releases: [
      { name: "r", study: "s", data: "d", measures, files: Object.fromEntries(files) as object },
    ],
  };
  return audit(readDescription(JSON.stringify(given), "release.json"));
}

const verdictOf = ({ cells }: AuditResult, area: string) => {
  const found = cells.find(({ groups }) => groups["area"] === area);
  return found === undefined ? "none" : `${found.verdict} ${found.min} to ${found.max ?? "any"}`;
};

describe("an audit of tables of other programs", () => {
  it("takes a ratio of the numbers shown for that, however many digits it is printed with", () => {
    const rule = { threshold: null, rounding: { to: 5 }, value: { from: "shown", decimals: 2 } };
    const result = audited([{ rule, rows: ["a,10,15,0.67", "b,5,20,0.25"] }]);
    assert.equal(result.contradiction, null);
    assert.equal(verdictOf(result, "b"), "safe 3 to 7");
  });

  it("does not know why a number that was withheld was", () => {
    const rule = { threshold: 3, as: "withheld", secondary: true };
    const result = audited([
      { rule, rows: ["a,,20,", "b,12.0,20,0.6"] },
      { by: [], rows: ["21,40,0.525"] },
    ]);
    assert.equal(verdictOf(result, "a"), "exact 9 to 9");
  });

  it("knows that a zero can be a larger number too where more than small ones are hidden", () => {
    const rule = { threshold: 5, as: "zero", secondary: true };
    const rows = ["a,0,20,", "b,0,20,", "c,12,20,0.6"];
    assert.equal(
      audited([
        { rule, rows },
        { by: [], rows: ["21,60,0.35"] },
      ]).contradiction,
      null,
    );
    const alone = audited([
      { rule: { threshold: 5, as: "zero" }, rows },
      { by: [], rows: ["14,60,0.23333333333333334"] },
    ]);
    assert.equal(verdictOf(alone, "a"), "safe 0 to 2");
  });

  it("follows facts from column to column, also to those that no table shows", () => {
    const facts = [{ sum: ["any", ["ill", "hurt"]] }, { complement: ["any", "well"] }];
    const result = audited([{ rule: { threshold: 2, as: "star" }, rows: ["a,*,6,", "b,*,4,"] }], {
      facts,
    });
    assert.equal(result.contradiction, null);
    assert.equal(verdictOf(result, "a"), "narrow 1 to 2");
  });

  it("knows that three flags that exclude each other in pairs are not more than all patients", () => {
    const rule = { threshold: null };
    const rows = (n: string) => [`a,${n},10,`, "b,6,20,"];
    const given = (facts: object) =>
      audited(
        [
          { of: "old", rule, rows: rows("4") },
          { of: "young", rule, rows: rows("4") },
          { rule: { threshold: 5, as: "star" }, rows: rows("*") },
        ],
        {
          facts,
          columns: Object.fromEntries(
            ["ill", "old", "young"].map((name) => [name, { kind: "flag" }]),
          ),
        },
      );
    const [oldYoung, oldIll, youngIll] = [
      ["old", "young"],
      ["old", "ill"],
      ["young", "ill"],
    ].map((disjoint) => ({ disjoint }));
    const ill = ({ cells }: AuditResult) =>
      cells
        .filter(({ quantity, groups }) => quantity === "ill" && groups["area"] === "a")
        .map(({ min, max }) => [min, max]);
    assert.deepEqual(ill(given([oldYoung, oldIll])), [[1, 5]]);
    assert.deepEqual(ill(given([oldYoung, oldIll, youngIll])), [[1, 2]]);
    // Whoever is young is not old, and the ill are part of those who are neither.
    assert.deepEqual(
      ill(
        given([
          oldYoung,
          { disjoint: ["old", "well"] },
          { disjoint: ["young", "well"] },
          { subset: ["ill", "well"] },
        ]),
      ),
      [[1, 2]],
    );
  });

  it("proves from fewer tables than those that show what is known of some group", () => {
    const known = [
      { quantity: "population", date, groups: { sex: "F" }, at_least: 20, at_most: 40 },
    ];
    const rows = ["a,3,20,0.15", "b,15,20,0.75", "c,16,20,0.8"];
    const result = audited(
      [
        {
          by: ["sex"],
          hides: false,
          rows: ["F,20,30,0.6666666666666666", "M,14,30,0.4666666666666667"],
        },
        { rows: ["a,,20,", "b,,20,", "c,16.0,20,0.8"] },
        { id: "again", hides: false, rows },
      ],
      { known },
    );
    assert.equal(result.contradiction, null);
    assert.ok(
      Object.values(result.proofs).some(({ figures }) =>
        figures.every((figure) => !figure.includes("m0")),
      ),
    );
  });

  it("gives up where two numbers without an upper end chase one another", () => {
    const own = { by: ["area", "sex"] };
    const blank = ["a,F", "a,M", "a,X", "b,F", "b,M", "b,X"].map((groups) => `${groups},,,`);
    const tables = [
      {
        ...own,
        rows: blank.map((row, at) => (at === 0 || at === 2 ? row.replace(",,,", ",0.0,,") : row)),
      },
      { by: ["sex"], rows: ["F,,,", "M,,,", "X,,,"] },
      {
        ...own,
        rule: { threshold: null, rounding: { to: 5 } },
        rows: blank.map((row, at) => row.replace(",,,", `,0,${at === 2 ? 0 : 5},`)),
      },
    ];
    const { contradiction, cells } = audited(tables, {
      policy: { small: 3, minValues: 4, targets: ["hidden", "complements"] },
    });
    assert.equal(contradiction, null);
    assert.ok(cells.length > 0);
  });
});
