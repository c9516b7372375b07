/** A leak of each family, planted in measures that generate_measures wrote: found by `cohortline audit`, and explained. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AuditedCell, AuditResult } from "../../engine/audit/audit-result.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";

/** Patients who are alike. */
interface Some {
  readonly count: number;
  readonly region: string;
  readonly sex?: string;
  readonly ill?: boolean;
  readonly severe?: boolean;
}

interface Planted {
  readonly says: string;
  /** Numerator, denominator, groups, and whether small numbers are hidden. */
  readonly measures: readonly (readonly [string, string, readonly string[], boolean])[];
  /** By index date. */
  readonly cohorts: Readonly<Record<string, readonly Some[]>>;
  readonly leak: Partial<AuditedCell>;
  /** Measures whose files the proof names, and who can do it. */
  readonly from: readonly string[];
  readonly who: "whoever adds up" | "whoever knows how numbers are hidden";
}

const all = ["ill", "population", [], true] as const;
const byRegion = ["ill", "population", ["region"], true] as const;
const date = "2020-01-01";

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
];

const idOf = (numerator: string, keys: readonly string[]): string =>
  `${numerator}_by_${keys.join("_")}`;

function study({ measures }: Planted): string {
  const made = measures.map(
    ([numerator, denominator, keys, hides]) =>
      `measure(cohort, { id: ${JSON.stringify(idOf(numerator, keys))}, numerator: "${numerator}", denominator: "${denominator}", groupBy: ${JSON.stringify(keys.length === 0 ? "population" : keys)}, smallNumberSuppression: ${hides} })`,
  );
  return `
import { codelist, measure, patients, study } from "cohortline";
const codes = codelist(["195967001"], "snomed");
const cohort = study({
  indexDate: "2020-01-01",
  population: patients.all(),
  columns: {
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name"),
    sex: patients.sex(),
    ill: patients.withTheseClinicalEvents(codes, { onOrBefore: "index_date" }),
    severe: patients.withTheseClinicalEvents(codes, { onOrBefore: "index_date" }),
    both: patients.satisfying("ill AND severe"),
    well: patients.satisfying("NOT ill"),
  },
});
export default cohort;
export const measures = [${made.join(", ")}];
`;
}

function cohort(some: readonly Some[]): string {
  const rows = some.flatMap(({ count, region, sex = "F", ill = false, severe = false }) => {
    const flags = [ill, severe, ill && severe, !ill].map(Number).join();
    return Array.from({ length: count }, () => `${region},${sex},${flags}`);
  });
  const header = "patient_id,region,sex,ill,severe,both,well";
  return [header, ...rows.sort().map((row, at) => `${at + 1},${row}`), ""].join("\n");
}

describe("a leak planted in measures", () => {
  for (const one of planted)
    it(`is found and explained: ${one.says}`, async () => {
      const cohorts = Object.entries(one.cohorts).map(([on, some]) => [
        `output/input_${on}.csv`,
        cohort(some),
      ]);
      const files = {
        "analysis/study_definition.ts": study(one),
        ...(Object.fromEntries(cohorts) as Record<string, string>),
      };
      await inWorkspace(files, async (folder) => {
        const made = await cohortline(folder, ["generate_measures"]);
        assert.equal(made.code, 0, made.err);
        const { out, err } = await cohortline(folder, ["audit", "--json"]);
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
        const told = await cohortline(folder, ["audit"]);
        assert.equal(told.code, 1);
        assert.match(told.out, new RegExp(`\\n    for ${one.who}, from output/measure_`));
      });
    });
});
