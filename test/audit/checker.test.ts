/** What the checker of an audit takes for true numbers behind published tables, and what it refuses. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { valueIn } from "../../engine/audit/check/cell-terms.ts";
import { Checker } from "../../engine/audit/check/checker.ts";
import type { Layout, Witness } from "../../engine/audit/check/layout.ts";
import type { Exchange } from "../../engine/audit/check/shown.ts";
import type { CellName } from "../../engine/audit/describe/cell-name.ts";
import { publishedTables } from "../../engine/audit/describe/published-table.ts";
import { readDescription } from "../../engine/audit/describe/read-description.ts";

const date = "2021-03-01";
const areas = ["a", "b", "c", "d"];

interface Given {
  /** By column: what is printed for each area, null where it is hidden. */
  readonly ill: Readonly<Record<string, readonly (number | null)[]>>;
  readonly totals?: Readonly<Record<string, number>>;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Four areas of 20 people each, and all of them. */
function checkerOf({ ill, totals = {}, more = {} }: Given): Checker {
  const text = (count: number | null, people: number): string =>
    count === null
      ? `,${people},`
      : `${count}.0,${people},${count / people}${count === 0 ? ".0" : ""}`;
  const measure = (id: string, numerator: string, keys: readonly string[]) => ({
    ...{ id, numerator, denominator: "population", group_by: keys },
    small_number_suppression: true,
  });
  const files: readonly (readonly [string, string])[] = [
    ...Object.entries(ill).map(([name, counts]): [string, string] => [
      `measure_${name}_by_area.csv`,
      [
        `area,${name},population,value,date`,
        ...counts.map((count, at) => `${areas[at] ?? ""},${text(count, 20)},${date}`),
        "",
      ].join("\n"),
    ]),
    ...Object.entries(totals).map(([name, total]): [string, string] => [
      `measure_${name}_all.csv`,
      `${name},population,value,date\n${total},80,${total / 80},${date}\n`,
    ]),
  ];
  const given = {
    format: 1,
    columns: Object.fromEntries(Object.keys(ill).map((name) => [name, { kind: "flag" }])),
    ...more,
    releases: [
      {
        ...{ name: "first", study: "s", data: "d", files: Object.fromEntries(files) },
        measures: [
          ...Object.keys(ill).map((name) => measure(`${name}_by_area`, name, ["area"])),
          ...Object.keys(totals).map((name) => measure(`${name}_all`, name, ["population"])),
        ],
      },
    ],
  };
  const description = readDescription(JSON.stringify(given), "release.json");
  const tables = description.releases.flatMap(publishedTables);
  const quantities = [...Object.keys(ill), "population"];
  const layouts = quantities.flatMap((quantity): Layout[] => [
    { quantity, date, columns: [] },
    { quantity, date, columns: [{ name: "area", values: areas }] },
  ]);
  return new Checker({ description, attacker: "rules", tables, data: "d" }, layouts);
}

/** With all totals as the counts add up, unless said. */
function witness(counts: readonly (readonly number[])[], total?: number): Witness {
  return [...counts, [20, 20, 20, 20]].flatMap((own, at) => [
    Float64Array.of(at === 0 && total !== undefined ? total : own.reduce((a, b) => a + b, 0)),
    Float64Array.from(own),
  ]);
}

/** Files of the room that a file imports, and those that these import. */
function importedBy(file: string, seen = new Set<string>()): ReadonlySet<string> {
  seen.add(file);
  const text = readFileSync(join(room, file), "utf8");
  for (const [, from = ""] of text.matchAll(
    /^(?:import|export)(?! type)[^;]*? from "(\.[^"]+)"/gm,
  )) {
    const path = join(dirname(file), from);
    if (!path.startsWith("..") && !seen.has(path)) importedBy(path, seen);
  }
  return seen;
}

const room = join(import.meta.dirname, "../../engine/audit");

describe("what a certificate rests on", () => {
  it("has nothing of what finds out what is possible, and is on the page for checkers file by file", () => {
    const files = importedBy("certificate/verify-certificate.ts");
    for (const file of files)
      assert.doesNotMatch(file, /^(?:solve|proofs|repair)\/|^settle|^judge|^audit-world/);
    const lines = (file: string): number =>
      readFileSync(join(room, file), "utf8").split("\n").length - 1;
    assert.ok(lines("check/checker.ts") <= 200);
    const page = readFileSync(join(room, "README.md"), "utf8");
    for (const folder of ["check", "certificate", "describe", "model"]) {
      const own = [...files].filter((file) => file.startsWith(`${folder}/`));
      const all = own.reduce((sum, file) => sum + lines(file), 0);
      const [, told = "0"] =
        new RegExp(`\\| \\[\\x60${folder}/\\x60\\][^|]*\\|[^|]*\\| +([0-9,]+) +\\|`).exec(page) ??
        [];
      assert.ok(
        all <= Number(told.replace(",", "")),
        `${folder}/ has ${all} lines, the page says ${told}`,
      );
    }
  });
});

describe("the checker of an audit", () => {
  const two = checkerOf({ ill: { ill: [null, null, 16, 17] }, totals: { ill: 47 } });

  it("takes true numbers that print the same", () => {
    for (const own of [
      [3, 11, 16, 17],
      [5, 9, 16, 17],
      [11, 3, 16, 17],
    ])
      assert.ok(two.accepts(witness([own])), own.join());
  });

  it("refuses tables with one number changed, with and without its sum", () => {
    for (const at of areas.keys())
      for (const change of [-1, 1, 5]) {
        const own = [3, 11, 16, 17].map((n, place) => (place === at ? n + change : n));
        assert.ok(!two.accepts(witness([own], 47)), `${own.join()} of 47`);
        assert.ok(!two.accepts(witness([own])), `${own.join()} with its sum`);
      }
    // 7 and 7 would both be shown; 13 would not be hidden beside 16, but 1 alone is.
    assert.ok(!two.accepts(witness([[7, 7, 16, 17]])));
    assert.ok(!two.accepts(witness([[3.5, 10.5, 16, 17]])));
    assert.ok(!two.accepts(witness([[-1, 15, 16, 17]])));
  });

  it("refuses a flag of more than all people, and people who are not as many as printed", () => {
    const [total = new Float64Array(), counts = total, people = total] = witness([[3, 11, 16, 17]]);
    assert.ok(!two.accepts([total, counts, people, Float64Array.of(20, 20, 20, 21)]));
    const hidden = checkerOf({ ill: { ill: [null, null, 16, 17] } });
    assert.ok(hidden.accepts(witness([[3, 11, 16, 17]])));
    assert.ok(!hidden.accepts(witness([[3, 21, 16, 17]])));
  });

  it("holds every kind of fact", () => {
    const b = [2, 11, 12, 13];
    const c = [10, 20, 20, 20];
    const facts: readonly (readonly [
      fact: object,
      a: readonly number[],
      bad: readonly number[],
    ])[] = [
      [{ complement: ["a", "b"] }, [18, 9, 8, 7], [3, 11, 12, 13]],
      [{ disjoint: ["a", "b"] }, [18, 9, 8, 7], [3, 11, 12, 13]],
      [{ subset: ["b", "a"] }, [8, 12, 16, 17], [11, 2, 12, 13]],
      [{ sum: ["c", ["a", "b"]] }, [8, 9, 8, 7], [3, 11, 12, 13]],
    ];
    for (const [fact, a, bad] of facts) {
      const says = JSON.stringify(fact);
      const ill = { a, b: [null, null, 12, 13], c };
      const told = checkerOf({ ill, more: { facts: [fact] } });
      assert.ok(checkerOf({ ill }).accepts(witness([a, bad, c])), `without ${says}`);
      assert.ok(told.accepts(witness([a, b, c])), says);
      assert.ok(!told.accepts(witness([a, bad, c])), says);
    }
  });

  it("reads a cell from its labels, and exchanges what is printed alike only", () => {
    const own = witness([[3, 11, 16, 17]]);
    const name = { of: "cell", quantity: "ill", date, study: "s", data: "d" } as const;
    const valueOf = (cell: CellName, exchange?: Exchange): number | null => {
      const terms = two.terms.of(cell);
      return terms === null ? null : valueIn(terms, own, exchange);
    };
    const b = { ...name, groups: { area: "b" } };
    assert.equal(valueOf(b), 11);
    assert.equal(valueOf(b, { layouts: [1], places: [1, 3] }), 17);
    assert.equal(valueOf(b, { layouts: [0], places: [1, 3] }), 11, "of another layout");
    assert.equal(valueOf({ ...b, of: "complement" }), 9);
    assert.equal(valueOf({ ...name, groups: {} }), 47);
    assert.equal(valueOf({ ...name, groups: { area: "x" } }), null);
    const canChange = (checker: Checker, layouts: readonly number[], other: number): boolean =>
      checker.acceptsExchange(own, { layouts, places: [0, other] });
    assert.ok(canChange(two, [1], 1));
    assert.ok(!canChange(two, [1], 2), "one is shown");
    assert.ok(!canChange(two, [1, 3], 4), "outside");
    const known = { quantity: "ill", date, groups: { area: "a" }, at_most: 5 };
    const told = checkerOf({ ill: { ill: [null, null, 16, 17] }, more: { known: [known] } });
    assert.ok(told.accepts(own));
    assert.ok(!canChange(told, [1], 1), "more is known of one");
    assert.ok(!told.accepts(witness([[11, 3, 16, 17]])));
  });

  it("refuses an exchange after which a fact no longer holds", () => {
    const ill = { a: [12, 8, 16, 17], b: [null, null, 12, 13] };
    const more = { facts: [{ subset: ["b", "a"] }] };
    const own = witness([
      [12, 8, 16, 17],
      [11, 2, 12, 13],
    ]);
    const told = checkerOf({ ill, more });
    assert.ok(told.accepts(own));
    const exchange: Exchange = { layouts: [3], places: [0, 1] };
    assert.ok(checkerOf({ ill }).acceptsExchange(own, exchange));
    assert.ok(!told.acceptsExchange(own, exchange));
  });

  it("refuses people in no row of a table, and a row without anybody", () => {
    const csv = (people: number): string =>
      [
        "area,ill,population,value,date",
        `a,8,20,0.4,${date}`,
        `b,0,${people},${people === 0 ? "" : "0.0"},${date}`,
        "",
      ].join("\n");
    const read = (people: number, values: readonly string[]): Checker => {
      const measure = { id: "m", numerator: "ill", denominator: "population", group_by: ["area"] };
      const given = {
        ...{ format: 1, columns: { ill: { kind: "flag" } } },
        releases: [
          {
            ...{ name: "first", study: "s", data: "d" },
            measures: [{ ...measure, small_number_suppression: false }],
            files: { "measure_m.csv": csv(people) },
          },
        ],
      };
      const description = readDescription(JSON.stringify(given), "release.json");
      const tables = description.releases.flatMap(publishedTables);
      const columns = [{ name: "area", values }];
      const layouts = ["ill", "population"].map((quantity) => ({ quantity, date, columns }));
      return new Checker({ description, attacker: "rules", tables, data: "d" }, layouts);
    };
    const numbers = (...all: readonly (readonly number[])[]): Witness =>
      all.map((own) => Float64Array.from(own));
    assert.ok(read(30, ["a", "b"]).accepts(numbers([8, 0], [20, 30])));
    assert.ok(!read(30, ["a", "b", "c"]).accepts(numbers([8, 0, 0], [20, 30, 9])), "someone in c");
    assert.ok(read(30, ["a", "b", "c"]).accepts(numbers([8, 0, 0], [20, 30, 0])));
    assert.ok(!read(0, ["a", "b"]).accepts(numbers([8, 0], [20, 0])), "nobody in b");
  });

  it("follows the same patients: what never goes back does not, and people stay as many", () => {
    const dates = ["2021-01-01", "2021-02-01"] as const;
    const row = (on: string): string => `a,,20,,${on}\nb,,20,,${on}\n`;
    const given = {
      ...{ format: 1, columns: { ever: { kind: "flag" } } },
      time: { cohort: "fixed", cumulative: ["ever"], static: ["area"] },
      releases: [
        {
          ...{ name: "first", study: "s", data: "d" },
          measures: [
            {
              ...{ id: "m", numerator: "ever", denominator: "population", group_by: ["area"] },
              small_number_suppression: true,
            },
          ],
          files: { "measure_m.csv": `area,ever,population,value,date\n${dates.map(row).join("")}` },
        },
      ],
    };
    const accepts = (time: object, later: readonly number[]): boolean => {
      const description = readDescription(JSON.stringify({ ...given, time }), "release.json");
      const tables = description.releases.flatMap(publishedTables);
      const columns = [{ name: "area", values: ["a", "b"] }];
      const layouts = dates.flatMap((on) =>
        ["ever", "population"].map((quantity) => ({ quantity, date: on, columns })),
      );
      const checker = new Checker({ description, attacker: "rules", tables, data: "d" }, layouts);
      return checker.accepts([[4, 5], [20, 20], later, [20, 20]].map((n) => Float64Array.from(n)));
    };
    assert.ok(accepts(given.time, [5, 5]));
    assert.ok(!accepts(given.time, [5, 3]));
    assert.ok(accepts({ ...given.time, cohort: "changing" }, [5, 3]));
    assert.ok(accepts({ ...given.time, cumulative: [] }, [5, 3]));
  });
});
