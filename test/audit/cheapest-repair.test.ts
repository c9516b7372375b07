/** The repair that an audit finds, against every other choice of what is withheld. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { auditCertified, USUAL_BUDGET } from "../../engine/audit/audit.ts";
import type { AuditRepair, AuditResult } from "../../engine/audit/audit-result.ts";
import { readCertificate } from "../../engine/audit/certificate/read-certificate.ts";
import { verifyCertificate } from "../../engine/audit/certificate/verify-certificate.ts";
import type { Description } from "../../engine/audit/describe/description.ts";
import { readDescription } from "../../engine/audit/describe/read-description.ts";
import type { RoundingRun, Withholding } from "../../engine/audit/repair/repairs-file.ts";
import { publishable } from "../../engine/measures/publishable.ts";
import { withhold } from "../../engine/measures/withhold.ts";
import { formatMeasure } from "../../engine/measures/write-measure.ts";

/** Two tables of groups and their total, as they are published with some figures withheld. */
interface Truth {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

const names = ["1", "2", "3", "4", "5", "6", "7"];

function described(
  truth: Truth,
  withheld: readonly Withholding[] = [],
  run?: RoundingRun,
): Description {
  const total = truth.a.reduce((sum, each) => sum + each, 0);
  const tables = { a: truth.a, b: truth.b, population: [total] };
  const specs = Object.entries(tables).map(([key, counts]) => {
    const own = withheld.filter(({ measure }) => measure === key);
    const spec = { id: key, numerator: "ill", denominator: "population", group_by: [key] };
    const measure =
      run === undefined
        ? { ...spec, small_number_suppression: true }
        : {
            ...{ ...spec, rounding: run.rounding },
            small_number_suppression: run.threshold === undefined || { threshold: run.threshold },
          };
    const { table } = publishable({
      ...{ measure, rows: counts.length },
      labels: key === "population" ? [] : [{ name: key, values: names.slice(0, counts.length) }],
      columns: [
        { name: "ill", whole: true, values: Float64Array.from(counts) },
        {
          name: "population",
          whole: true,
          values: Float64Array.from(counts, () => 420 / counts.length),
        },
      ],
    });
    const shown = withhold(table, own);
    assert.ok(shown !== null);
    const rows = [...formatMeasure(shown)].join("").trimEnd().split("\n");
    const text = rows.map((row, at) => `${row},${at === 0 ? "date" : "2020-01-01"}\n`).join("");
    return { measure, own, text };
  });
  const read = readDescription(
    JSON.stringify({
      ...{ format: 1, columns: { ill: { kind: "flag" } } },
      releases: [
        {
          ...{ name: "r", study: "s", data: "d", measures: specs.map(({ measure }) => measure) },
          files: Object.fromEntries(
            specs.map(({ measure, text }) => [`measure_${measure.id}.csv`, text]),
          ),
        },
      ],
    }),
    "f",
  );
  const releases = read.releases.map((release) => ({
    ...release,
    measures: release.measures.map((measure, at) => ({
      ...measure,
      withheld: specs[at]?.own ?? [],
    })),
  }));
  return { ...read, releases };
}

const run = (description: Description): AuditResult =>
  auditCertified(description, { budget: USUAL_BUDGET, certifies: false, repairs: true }).result;

describe("the repair that is found", () => {
  const truths: readonly Truth[] = [
    { a: [1, 1, 1, 1, 1, 1, 12], b: [10, 8] },
    { a: [1, 1, 1, 1, 1, 1, 0], b: [6, 0] },
    { a: [2, 1, 1, 1, 1, 1, 7], b: [7, 7] },
    { a: [1, 1, 1, 1, 1, 1, 8], b: [13, 1] },
    { a: [5, 4, 5, 5, 5, 5, 9], b: [30, 8] },
  ];

  it("leaves nothing that can be worked out, and nothing that loses less does", () => {
    for (const truth of truths) {
      const { repairs, cells } = run(described(truth));
      const repair = repairs.find(({ by }) => by === "figures");
      if (repair === undefined) {
        assert.ok(!cells.some(({ unsafe }) => unsafe), JSON.stringify(truth));
        continue;
      }
      const actions = withheldIn(repair);
      assert.equal(run(described(truth, actions)).releasable, true);
      const shown = shownFigures(truth);
      const cost = (some: readonly Withholding[]): number =>
        some.reduce((bits, each) => bits + Math.log2(1 + numberOf(truth, each)), 0);
      const found = cost(actions);
      assert.equal(repair.bits, Math.ceil(found));
      for (const other of subsets(shown).filter((some) => cost(some) < found - 1e-9))
        assert.equal(
          run(described(truth, other)).releasable,
          false,
          JSON.stringify({ truth, other }),
        );
    }
  });

  it("of the fewest files drops no more of them than must be, and of as many those that show least", () => {
    for (const truth of truths) {
      const whole = described(truth);
      const repair = run(whole).repairs.find(({ by }) => by === "files");
      if (repair === undefined) continue;
      const without = (ids: readonly string[]): Description => ({
        ...whole,
        releases: whole.releases.map((release) => ({
          ...release,
          measures: release.measures.filter(({ id }) => !ids.includes(id)),
        })),
      });
      const dropped = repair.actions.flatMap((action) =>
        "drop" in action ? [action.drop.measure] : [],
      );
      assert.equal(repair.files, dropped.length);
      const cleared = subsets(["a", "b", "population"]).filter(
        (ids) => run(without(ids)).releasable,
      );
      assert.ok(
        cleared.some((ids) => ids.join() === dropped.join()),
        JSON.stringify(truth),
      );
      assert.ok(
        cleared.every((ids) => ids.length >= dropped.length),
        JSON.stringify({ truth, dropped, cleared }),
      );
    }
  });

  it("by rounding is the first that ends it, of the two that people who check outputs accept", () => {
    const runs: readonly RoundingRun[] = [
      { rounding: "midpoint6" },
      { threshold: 7, rounding: { to: 5 } },
    ];
    const chosen = truths.flatMap((truth) => {
      const { repairs, releasable } = run(described(truth));
      if (releasable) return [];
      const [action] = repairs.find(({ by }) => by === "rounding")?.actions ?? [];
      const ends = runs.findIndex((each) => run(described(truth, [], each)).releasable);
      assert.deepEqual(action, ends < 0 ? undefined : { round: runs[ends] }, JSON.stringify(truth));
      return [ends];
    });
    // It ends it once, and once neither does.
    assert.deepEqual([...new Set(chosen)].sort(), [-1, 0]);
  });

  it("is part of what a certificate is of", () => {
    const truth = truths[0] ?? { a: [], b: [] };
    const actions = withheldIn(run(described(truth)).repairs.find(({ by }) => by === "figures"));
    assert.ok(actions.length > 0);
    const repaired = described(truth, actions);
    const { certificate } = auditCertified(repaired, { budget: USUAL_BUDGET, certifies: true });
    const read = readCertificate(JSON.stringify(certificate), "c");
    assert.equal(verifyCertificate(read, repaired).holds, true);
    const releases = repaired.releases.map((release) => ({
      ...release,
      measures: release.measures.map((measure) => ({ ...measure, withheld: [] })),
    }));
    assert.equal(verifyCertificate(read, { ...repaired, releases }).holds, false);
  });
});

function withheldIn(repair: AuditRepair | undefined): readonly Withholding[] {
  const actions = repair?.actions ?? [];
  return actions.flatMap((action) => ("withhold" in action ? [action.withhold] : []));
}

function shownFigures({ a, b }: Truth): readonly Withholding[] {
  const [release] = described({ a, b }).releases;
  return Object.entries(release?.files ?? {}).flatMap(([file, text]) =>
    text
      .trimEnd()
      .split("\n")
      .slice(1)
      .flatMap((row): readonly Withholding[] => {
        const key = file.replace(/^measure_|\.csv$/g, "");
        const cells = row.split(",");
        const ill = key === "population" ? cells[0] : cells[1];
        const groups: Record<string, string> =
          key === "population" ? {} : { [key]: cells[0] ?? "" };
        const figure = {
          measure: key,
          date: "2020-01-01" as Withholding["date"],
          column: "ill",
          groups,
        };
        return ill === "" ? [] : [figure];
      }),
  );
}

function numberOf(truth: Truth, { measure, groups }: Withholding): number {
  if (measure === "population") return truth.a.reduce((sum, each) => sum + each, 0);
  return truth[measure as keyof Truth][names.indexOf(groups[measure] ?? "")] ?? 0;
}

function subsets<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: 2 ** items.length }, (_, bits) =>
    items.filter((_, at) => Math.floor(bits / 2 ** at) % 2 === 1),
  );
}
