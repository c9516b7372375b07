/** Descriptions that say what cannot be meant: each is refused at its place, or named as not read; nothing is left out in silence. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { auditGiven, date, twoFiles } from "./two-files-described.ts";
import type { Given } from "./two-files-described.ts";

type Change = (given: Given) => unknown;

const top =
  (more: object): Change =>
  (given) =>
    Object.assign(given, more);

const measure =
  (more: object): Change =>
  ({ releases: [{ measures }] }) =>
    Object.assign(measures[0], more);

const release =
  (more: object): Change =>
  ({ releases: [own] }) =>
    Object.assign(own, more);

/** A rule of another program in the place of ours. */
const rule = (more: object): Change =>
  measure({ small_number_suppression: undefined, rule: { threshold: 5, as: "star", ...more } });

const known = (one: object): Change => top({ known: [{ quantity: "ill", date, ...one }] });
const fact = (...facts: readonly unknown[]): Change => top({ facts });
const place = (values: readonly string[], map: object, more: object = {}): object => ({
  ...{ name: "place", values, columns: { region: map } },
  ...more,
});
const abc = { a: ["a"], b: ["b"], c: ["c"] };
const whole = place(["a", "b", "c"], abc);
const dimensions = (...all: readonly object[]): Change => top({ dimensions: all });

const first = "releases[0].measures[0]";

/** What is done, the place that the problem names, and what was expected there. */
const refused: readonly (readonly [change: Change, place: string, expected: string])[] = [
  [top({ format: 2 }), "format", "1"],
  [top({ releases: [] }), "releases", "at least one release"],
  [release({ measures: [] }), "releases[0].measures", "at least one measure"],
  [release({ nme: "x" }), "releases[0].nme", "one of the keys .*; nearest: name"],
  [
    ({ releases }) => releases.push(releases[0]),
    "releases[1].name",
    "another name than those before",
  ],
  [
    ({ releases: [{ measures }] }) => (measures as unknown[]).push(measures[0]),
    "releases[0].measures[2].id",
    "another name than those before",
  ],
  [
    ({ releases: [{ files }] }) => (files["measure_more.csv"] = ""),
    "releases[0].files.measure_more.csv",
    "a file of one of the release's measures",
  ],
  [measure({ supress: true }), `${first}.supress`, "one of the keys"],
  [
    measure({ group_by: ["region", "region"] }),
    `${first}.group_by[1]`,
    "another name than those before",
  ],
  [
    measure({ small_number_suppression: "yes" }),
    `${first}.small_number_suppression`,
    "true, false or an object",
  ],
  [
    measure({ small_number_suppression: undefined }),
    `${first}.small_number_suppression`,
    "true, false or an",
  ],
  [
    measure({ small_number_suppression: { threshold: 0 } }),
    `${first}.small_number_suppression.threshold`,
    "a whole number from 1 to 1,000",
  ],
  [
    measure({ small_number_suppression: { threshold: 5, beside: 1 } }),
    `${first}.small_number_suppression.beside`,
    "one of the keys threshold",
  ],
  [measure({ rounding: { to: 0 } }), `${first}.rounding.to`, "a whole number from 1"],
  [measure({ rounding: { within: 2 } }), `${first}.rounding.within`, "one of the keys to"],
  [
    measure({ rule: { threshold: 5 } }),
    `${first}.small_number_suppression`,
    "nothing beside a rule",
  ],
  [rule({ derived: "by_regio" }), `${first}.rule.derived`, "one of by_region, all"],
  [rule({ as: "stars" }), `${first}.rule.as`, "one of blank, zero, star, withheld"],
  [
    rule({ value: { from: "raw", decimal: 2 } }),
    `${first}.rule.value.decimal`,
    "one of the keys .*decimals",
  ],
  [rule({ rounding: { to: 5, within: 2 } }), `${first}.rule.rounding`, "to or within"],
  [top({ policy: { small: 0 } }), "policy.small", "a whole number from 1 to 1,000"],
  [top({ policy: { minValues: 1e9 } }), "policy.minValues", "a whole number from 1 to 1,000"],
  [top({ policy: { smal: 5 } }), "policy.smal", "one of the keys .*; nearest: small"],
  [top({ policy: { targets: [] } }), "policy.targets", "at least one target"],
  [top({ columns: { ill: { kind: "flags" } } }), "columns.ill.kind", "one of flag, count"],
  [
    dimensions(place(["a", "b"], { a: ["a"], b: ["b", "a"] })),
    "dimensions[0].columns.region",
    "every value",
  ],
  [
    dimensions(place(["a", "b", "c"], { a: ["a"], b: ["b"] })),
    "dimensions[0].columns.region",
    "every value",
  ],
  [
    dimensions(place(["a", "b"], { a: ["a"], b: ["c"] })),
    "dimensions[0].columns.region.b[0]",
    "one of a, b",
  ],
  [
    dimensions(place(["a", "a"], { a: ["a"] })),
    "dimensions[0].values[1]",
    "another name than those before",
  ],
  [dimensions(whole, whole), "dimensions[1].name", "another name than those before"],
  [
    dimensions(whole, place(["a", "b", "c"], abc, { name: "other" })),
    "dimensions[1].columns.region",
    "a column of no other dimension",
  ],
  [fact({}), "facts[0]", "one of complement, subset, disjoint, sum"],
  [fact({ subset: ["ill", "b"], disjoint: ["ill", "c"] }), "facts[0]", "one of complement"],
  [fact({ disjoint: ["ill", "ill"] }), "facts[0].disjoint[1]", "another name than those before"],
  [fact({ subset: ["ill"] }), "facts[0].subset", "two columns"],
  [fact({ sum: ["ill", ["ill", "b"]] }), "facts[0].sum[1][0]", "another name than those before"],
  [fact({ sum: ["ill", []] }), "facts[0].sum[1]", "at least one part"],
  [known({ value: -3 }), "known[0].value", "a whole number from 0"],
  [known({}), "known[0]", "value, or at_least or at_most or both"],
  [known({ value: 3, at_least: 2 }), "known[0]", "value, or at_least or at_most or both"],
  [known({ at_least: 9, at_most: 3 }), "known[0].at_most", "no less than at_least"],
];

const escaped = (text: string): string => text.replaceAll(/[[\].]/g, "\\$&");

describe("a description that cannot be meant", () => {
  it("is refused at its place, with what was expected there", async () => {
    for (const [change, where, expected] of refused) {
      const given = twoFiles();
      change(given);
      const { code, out, err } = await auditGiven(given);
      const told = new RegExp(`^In "given.json", ${escaped(where)}: expected ${expected}`);
      assert.match(err, told, where);
      assert.match(err, /\[audit-description\]\n/, where);
      assert.deepEqual([code, out], [1, ""], where);
    }
  });

  it("is refused where a measure has no file, a dimension lacks a label, or it is not there itself", async () => {
    for (const [change, says] of [
      [
        ({ releases: [{ measures, files }] }: Given) => {
          measures[0]["id"] = "by_area";
          delete files["measure_by_region.csv"];
        },
        'has no file "measure_by_area.csv" \\[audit-file-missing\\]',
      ],
      [
        dimensions(place(["a", "b"], { a: ["a"], b: ["b"] })),
        'row 3, column "region": the dimension "place" .*audit-label-unknown',
      ],
    ] as const) {
      const given = twoFiles();
      change(given);
      assert.match((await auditGiven(given)).err, new RegExp(says));
    }
    const none = await inWorkspace({}, (folder) =>
      cohortline(folder, ["audit", "--description", "no.json"]),
    );
    assert.match(none.err, /There is no file "no.json".*audit-file-not-found/);
  });

  it("is refused where it is no JSON or no UTF-8, and read where it begins with a byte order mark", async () => {
    const text = JSON.stringify(twoFiles());
    const latin1 = Buffer.from(text.replaceAll("region", "r\u00e9gion"), "latin1");
    for (const [given, code] of [
      ["{", "audit-not-json"],
      [latin1, "audit-not-utf8"],
      [Buffer.from(`\uFEFF${text}`, "utf16le"), "audit-not-utf8"],
    ] as const) {
      const ended = await auditGiven(given);
      assert.match(ended.err, new RegExp(`^"given.json" is not .*\\[${code}\\]\n`));
      assert.equal(ended.code, 1);
    }
    const marked = await auditGiven(`\uFEFF${text}`);
    assert.equal(marked.code, 0, marked.err);
  });

  it("is refused where it knows numbers of what no file shows, with the nearest names", async () => {
    for (const [one, says] of [
      [{ quantity: "il", value: 3 }, 'quantity "il" .*Nearest: "ill"'],
      [{ date: "2021-03-02", value: 3 }, 'date "2021-03-02" .*Nearest: "2021-03-01"'],
      [{ data: "dd", value: 3 }, 'data "dd" .*Nearest: "d"'],
      [{ groups: { regio: "a" }, value: 3 }, 'column "regio" .*Nearest: "region"'],
      [{ groups: { region: "x" }, value: 3 }, 'label "x" '],
    ] as const) {
      const given = twoFiles();
      known(one)(given);
      const { code, err } = await auditGiven(given);
      assert.match(err, new RegExp(`A known number's ${says}`, "s"));
      assert.match(err, /\[audit-name-unknown\]/);
      assert.equal(code, 1);
    }
  });

  it("has names and keys that nobody meets named under what is not in the model", async () => {
    const given = twoFiles();
    top({
      fact: [],
      columns: { il: { kind: "flag" } },
      time: { cohort: "changing", cumulative: ["ever"], static: ["regio"] },
    })(given);
    fact({ subset: ["severe", "ill"] })(given);
    dimensions(
      place(["a", "b"], { a: ["a"], b: ["b"] }, { columns: { area: { a: ["a"], b: ["b"] } } }),
    )(given);
    const { out } = await auditGiven(given);
    assert.match(out, /\nNot in the model:\n/);
    for (const line of [
      'keys of the description: "fact" are none of a description, and are not read; nearest: "facts"',
      'columns of the description: "il" are counted by no measure; nearest: "ill"',
      'facts of the description: "severe" are counted by no measure',
      'dimensions of the description: "area" are groups of no measure',
      'time.cumulative of the description: "ever" are counted by no measure',
      'time.static of the description: "regio" are groups of no measure; nearest: "region"',
    ])
      assert.ok(out.includes(`\n  ${line}\n`), `${line}\n${out}`);
  });
});
