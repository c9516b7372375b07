/** What groupings tell together that they do not tell pair by pair, and whether there can be patients behind tables. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { audit } from "../../engine/audit/audit.ts";
import type { AuditResult } from "../../engine/audit/audit-result.ts";
import { readDescription } from "../../engine/audit/describe/read-description.ts";

/** `label`, `count` ("" is hidden) and `people` of each row. */
type Rows = readonly (readonly [label: string, count: number | "", people: number])[];

interface Table {
  readonly column: string;
  readonly by: string;
  readonly hides: boolean;
  readonly rows: Rows;
}

function audited(tables: readonly Table[], kinds: Record<string, "flag" | "count">): AuditResult {
  const measures = tables.map(({ column, by, hides }) => ({
    ...{ id: `${column}_by_${by}`, numerator: column, denominator: "population" },
    ...{ group_by: [by], small_number_suppression: hides },
  }));
  const files = tables.map(({ column, by, rows }): [string, string] => {
    const isBlank = rows.some(([, count]) => count === "");
    const shown = (count: number | ""): string =>
      isBlank && count !== "" ? `${count}.0` : String(count);
    const value = (count: number | "", people: number): string => {
      if (count === "") return "";
      return Number.isInteger(count / people) ? `${count / people}.0` : String(count / people);
    };
    const lines = rows.map(
      ([label, count, people]) =>
        `${label},${shown(count)},${people},${value(count, people)},2021-05-01\n`,
    );
    return [
      `measure_${column}_by_${by}.csv`,
      `${by},${column},population,value,date\n${lines.join("")}`,
    ];
  });
  const columns = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [name, { kind }] as const),
  );
  const release = { name: "r", study: "s", data: "d", measures, files: Object.fromEntries(files) };
  const policy = { targets: ["hidden"] };
  return audit(
    readDescription(JSON.stringify({ format: 1, policy, columns, releases: [release] }), "f"),
  );
}

const hidden = (result: AuditResult, by: string) =>
  result.cells
    .filter(({ groups }) => by in groups)
    .map(({ verdict, proof, min, max }) => ({ verdict, proof, min, max }));

/** Women are old and men are not; what is hidden by sex is shown by age. */
const circle: readonly Table[] = [
  {
    column: "old",
    by: "sex",
    hides: false,
    rows: [
      ["F", 1000, 1000],
      ["M", 0, 1000],
    ],
  },
  {
    column: "old",
    by: "age",
    hides: false,
    rows: [
      ["0-39", 0, 1000],
      ["40+", 1000, 1000],
    ],
  },
  {
    column: "ill",
    by: "sex",
    hides: true,
    rows: [
      ["F", "", 1000],
      ["M", "", 1000],
    ],
  },
  {
    column: "ill",
    by: "age",
    hides: false,
    rows: [
      ["0-39", 10, 1000],
      ["40+", 4, 1000],
    ],
  },
];

/** `count` regions of equally many people. */
function regions(count: number): Rows {
  return Array.from({ length: count }, (_, at) => [`r${at}`, 0, 2000 / count] as const);
}

describe("groupings that are looked at together", () => {
  it("tell a number that hides in a circle of two groupings and two flags", () => {
    for (const count of [5, 20]) {
      const more: Table = { column: "well", by: "region", hides: false, rows: regions(count) };
      const result = audited([...circle, more], { old: "flag", ill: "flag", well: "flag" });
      const [women, men] = result.cells.filter(({ groups }) => "sex" in groups);
      assert.deepEqual([women?.min, women?.max, men?.min, men?.max], [4, 4, 10, 10], String(count));
    }
  });
});

describe("what shows that a number is safe", () => {
  const bySex = (people: number): Rows => [
    ["F", "", people],
    ["M", "", people],
  ];
  const columns = ["ill", "worse", "frail", "tired"];
  const tables = (people: number): readonly Table[] =>
    columns.map((column) => ({ column, by: "sex", hides: true, rows: bySex(people) }));
  const kinds = Object.fromEntries(columns.map((column) => [column, "flag"] as const));

  it("is patients where nobody need be counted twice", () => {
    const found = hidden(audited(tables(1000), kinds), "sex");
    assert.deepEqual([...new Set(found.map(({ proof }) => proof))], ["patients"]);
  });

  it("is tables where there may be too few people for both", () => {
    const found = hidden(audited(tables(6), kinds), "sex");
    assert.deepEqual([...new Set(found.map(({ verdict }) => verdict))], ["safe"]);
    assert.ok(found.some(({ proof }) => proof === "tables"));
  });
});
