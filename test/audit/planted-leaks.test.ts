/** A leak of each family, planted in measures that generate_measures wrote: found by `cohortline audit`, and explained. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { AuditedCell, AuditResult } from "../../engine/audit/audit-result.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { askedOf, cohortFile, filesOf, releaseOf, studyOf } from "./planted-study.ts";
import type { Asked, Some } from "./planted-study.ts";

interface Planted {
  readonly says: string;
  readonly measures: readonly Asked[];
  /** By index date. */
  readonly cohorts: Readonly<Record<string, readonly Some[]>>;
  readonly leak: Partial<AuditedCell>;
  /** Measures whose files the proof names, and who can do it. */
  readonly from: readonly string[];
  readonly who: "whoever adds up" | "whoever knows how numbers are hidden";
  /** Where the files do not say it themselves: what their author says of them, with their texts. */
  readonly described?: (read: (id: string) => string) => object;
}

const all = ["ill", "population", [], true] as const;
const byRegion = ["ill", "population", ["region"], true] as const;
const date = "2020-01-01";
const later = "2020-02-01";

/** Of five bands of children and young people six are ill, one or two in each. */
const ages: readonly Some[] = [
  [2, 5],
  [1, 10],
  [1, 20],
  [1, 30],
  [1, 35],
  [30, 50],
].flatMap(([count = 0, age = 0]) => [
  { count, region: "A", age, ill: true },
  { count: 60, region: "A", age },
]);
const byBand = ["ill", "population", ["age_band"], true] as const;
const byGroup = ["ill", "population", ["age_group"], true] as const;

/** Of so many in each region some are ill. */
const regions = (people: number, ill: Readonly<Record<string, number>>): readonly Some[] =>
  Object.entries(ill).flatMap(([region, count]) => [
    { count, region, ill: true },
    { count: people - count, region },
  ]);

const planted: readonly Planted[] = [
  {
    says: "a total of numbers that are all hidden but one",
    measures: [byRegion, all],
    cohorts: { [date]: regions(20, { A: 1, B: 1, C: 1, D: 1, E: 1, F: 1, G: 12 }) },
    leak: { quantity: "ill", groups: { region: "A" }, min: 1, max: 1, verdict: "exact" },
    from: ["ill_by_region", "ill_by_"],
    who: "whoever knows how numbers are hidden",
  },
  {
    says: "margins of a crossed table",
    measures: [
      ["ill", "population", ["region", "sex"], true],
      byRegion,
      ["ill", "population", ["sex"], true],
    ],
    cohorts: {
      [date]: [
        ["A", "F", 3],
        ["A", "M", 20],
        ["B", "F", 20],
        ["B", "M", 30],
      ].flatMap(([region, sex, count]) => [
        { count: Number(count), region: String(region), sex: String(sex), ill: true },
        { count: 40, region: String(region), sex: String(sex) },
      ]),
    },
    leak: { quantity: "ill", groups: { region: "A", sex: "F" }, min: 3, max: 3, verdict: "exact" },
    from: ["ill_by_region_sex", "ill_by_sex"],
    who: "whoever knows how numbers are hidden",
  },
  {
    says: "a denominator that is hidden beside one numerator and shown beside another",
    measures: [
      ["both", "ill", ["region"], true],
      ["ill", "population", ["region"], false],
    ],
    cohorts: { [date]: regions(40, { A: 3, B: 20, C: 30 }) },
    leak: { quantity: "ill", groups: { region: "A" }, min: 3, max: 3, verdict: "exact" },
    from: ["ill_by_region"],
    who: "whoever adds up",
  },
  {
    says: "a flag within another, by the study's own condition",
    measures: [byRegion, ["both", "population", ["region"], true]],
    cohorts: {
      [date]: [
        { count: 20, region: "A", ill: true, severe: true },
        { count: 1, region: "A", ill: true },
        { count: 30, region: "A" },
        ...regions(50, { B: 22 }).map((some) => ({ ...some, severe: some.ill === true })),
      ],
    },
    leak: {
      of: "difference",
      quantity: "ill",
      without: "both",
      groups: { region: "A" },
      min: 1,
      max: 1,
    },
    from: ["ill_by_region", "both_by_region"],
    who: "whoever adds up",
  },
  {
    says: "everybody who does not have it, by the study's own condition",
    measures: [byRegion, ["well", "population", ["region"], true]],
    cohorts: { [date]: regions(40, { A: 3, B: 15, C: 20 }) },
    leak: { quantity: "ill", groups: { region: "A" }, min: 3, max: 3, verdict: "exact" },
    from: ["well_by_region"],
    who: "whoever adds up",
  },
  {
    says: "two dates of the same patients, of whom one more has it",
    measures: [byRegion],
    cohorts: {
      [date]: regions(60, { A: 20, B: 30 }),
      [later]: regions(60, { A: 21, B: 30 }),
    },
    // Files of patients that the engine did not write itself are never taken for the same.
    described: (read) =>
      releaseOf([askedOf(byRegion)], filesOf([byRegion], read), {
        time: { cohort: "fixed", cumulative: ["ill"], static: ["region"] },
      }),
    leak: {
      ...{ of: "difference", quantity: "ill", since: date, date: later, groups: { region: "A" } },
      ...{ min: 1, max: 1, verdict: "exact" },
    },
    from: ["ill_by_region"],
    who: "whoever adds up",
  },
  {
    says: "a number that is rounded in two ways",
    measures: [
      ["ill", "population", ["region"], false, "{ to: 10 }"],
      ["ill", "population", ["region"], false, '"midpoint6"'],
    ],
    cohorts: { [date]: regions(100, { A: 5, B: 40 }) },
    leak: { quantity: "ill", groups: { region: "A" }, min: 5, max: 6, verdict: "narrow" },
    from: ["ill_by_region_to_10", "ill_by_region_midpoint6"],
    who: "whoever adds up",
  },
  {
    says: "age bands that a file shows beside wider ones",
    measures: [["ill", "population", ["age_band", "age_group"], true], byGroup],
    cohorts: { [date]: ages },
    leak: {
      ...{ quantity: "ill", groups: { age_band: "0-7", age_group: "0-39" } },
      ...{ min: 1, max: 2, verdict: "narrow" },
    },
    from: ["ill_by_age_band_age_group", "ill_by_age_group"],
    who: "whoever knows how numbers are hidden",
  },
  {
    says: "age bands in one file and wider ones in another",
    measures: [byBand, byGroup],
    cohorts: { [date]: ages },
    leak: { quantity: "ill", groups: { age_band: "0-7" }, min: 1, max: 2, verdict: "narrow" },
    from: ["ill_by_age_band", "ill_by_age_group"],
    who: "whoever knows how numbers are hidden",
  },
  {
    says: "four years of age between bands that overlap, of a column that is asked for twice",
    measures: [
      ["ill", "population", ["adult"], true],
      ["ill", "population", ["twenties"], true],
    ],
    cohorts: {
      [date]: [
        { count: 20, region: "A", age: 10, ill: true },
        { count: 2, region: "A", age: 17, ill: true },
        { count: 30, region: "A", age: 25, ill: true },
        { count: 40, region: "A", age: 50, ill: true },
        { count: 100, region: "A", age: 18 },
      ],
    },
    leak: {
      ...{ of: "difference", quantity: "ill", groups: { years: "16 to 19" } },
      ...{ min: 2, max: 2, verdict: "exact" },
    },
    from: ["ill_by_adult", "ill_by_twenties"],
    who: "whoever adds up",
  },
  {
    says: "a ratio of the true numbers beside rounded ones",
    measures: [["ill", "population", ["region"], false, "{ to: 5 }"]],
    cohorts: { [date]: regions(40, { A: 3, B: 20 }) },
    described: (read) => {
      const [id, rounding] = ["ill_by_region_to_5", { to: 5 }];
      const printed = read(id);
      const altered = printed.replace(",0.125,", `,${3 / 40},`);
      assert.notEqual(altered, printed);
      const rule = { threshold: null, rounding, value: { from: "raw" } };
      const asked = { id, numerator: "ill", denominator: "population", group_by: ["region"], rule };
      return releaseOf([asked], { [`measure_${id}.csv`]: altered });
    },
    leak: { quantity: "ill", groups: { region: "A" }, min: 3, max: 3, verdict: "exact" },
    from: ["ill_by_region_to_5"],
    who: "whoever adds up",
  },
];

function givenIn(folder: string, { described }: Planted): readonly string[] {
  if (described === undefined) return [];
  const read = (id: string) => readFileSync(join(folder, `output/measure_${id}.csv`), "utf8");
  writeFileSync(join(folder, "given.json"), JSON.stringify(described(read)));
  return ["--description", "given.json"];
}

describe("a leak planted in measures", () => {
  for (const one of planted)
    it(`is found and explained: ${one.says}`, async () => {
      const cohorts = Object.entries(one.cohorts).map(([on, some]) => [
        `output/input_${on}.csv`,
        cohortFile(some),
      ]);
      const files = {
        "analysis/study_definition.ts": studyOf(one.measures),
        ...(Object.fromEntries(cohorts) as Record<string, string>),
      };
      await inWorkspace(files, async (folder) => {
        const made = await cohortline(folder, ["generate_measures"]);
        assert.equal(made.code, 0, made.err);
        const audit = ["audit", ...givenIn(folder, one)];
        const { out, err } = await cohortline(folder, [...audit, "--json"]);
        assert.notEqual(out, "", err);
        const { cells, proofs, contradiction } = JSON.parse(out) as AuditResult;
        assert.equal(contradiction, null);
        const wanted = Object.entries(one.leak);
        const found = cells.find((cell) =>
          wanted.every(
            ([key, value]) =>
              JSON.stringify(cell[key as keyof AuditedCell]) === JSON.stringify(value),
          ),
        );
        assert.ok(found?.unsafe === true, out.slice(0, 4000));
        const figures = proofs[found.proof ?? ""]?.figures.join() ?? "";
        for (const id of one.from) assert.ok(figures.includes(`measure_${id}.csv:`), figures);
        const told = await cohortline(folder, audit);
        assert.equal(told.code, 1);
        assert.match(told.out, new RegExp(`\\n    for ${one.who}, from output/measure_`));
      });
    });
});
