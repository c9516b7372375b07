/**
 * Columns that cut one number across one another, as the manifest says them, against everything that whoever knows all
 * cuts can work out: bands of several widths, lists of texts, and groups made of other groups.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { audit } from "../../engine/audit/audit.ts";
import type { Description, MeasureCuts } from "../../engine/audit/describe/description.ts";
import type { ColumnCut } from "../../engine/measures/column-cut.ts";
import { listedTexts, numbersBetween, unionOf } from "../../engine/measures/value-set.ts";
import type { Turn, ValueSet } from "../../engine/measures/value-set.ts";
import { checkPublication } from "./audited-truth.ts";
import { describedAs } from "./described-publication.ts";
import type { Cut } from "./publication.ts";
import { drawPublication } from "./random-publication.ts";
import type { Draw, Publication } from "./random-publication.ts";

/** What answers are asked for: whole numbers from one turn to the next, or texts of which the last is any other. */
interface Question {
  readonly answers: ColumnCut["answers"];
  /** By value of the axis. */
  readonly sets: ReadonlyMap<string, ValueSet>;
}

/** Every column puts the values into groups of its own; the last into groups of the groups of the first. */
function drawCuts(draw: Draw, values: readonly string[]): readonly Cut[] {
  const isBands = draw(fc.boolean());
  const grouped = (of: readonly string[]): ReadonlyMap<string, string> => {
    let group = 0;
    return new Map(
      of.map((value, at) => {
        if (isBands) group += at > 0 && draw(fc.boolean()) ? 1 : 0;
        else group = draw(fc.integer({ min: 0, max: 2 }));
        return [value, `g${group}`];
      }),
    );
  };
  const first = grouped(values);
  const second = grouped(values);
  const coarser = grouped([...new Set(first.values())]);
  const third = new Map(values.map((value) => [value, coarser.get(first.get(value) ?? "") ?? ""]));
  return Object.entries({ first, second, third }).map(([column, groups]) => {
    const labels: Record<string, string[]> = {};
    for (const [value, group] of groups) (labels[group] ??= []).push(value);
    return { column, axis: "area", labels };
  });
}

function drawQuestion(draw: Draw, values: readonly string[]): Question {
  if (draw(fc.boolean())) {
    const others = listedTexts(values.slice(1));
    const sets = values.map((value, at): [string, ValueSet] => [
      value,
      at === 0 ? { ...others, others: true } : listedTexts([value]),
    ]);
    return { answers: "text", sets: new Map(sets) };
  }
  const turns = values.slice(1).map((_, at): Turn => [10 * at + 5, draw(fc.constantFrom(0, 1))]);
  const sets = values.map((value, at): [string, ValueSet] => [
    value,
    numbersBetween(turns[at - 1] ?? null, turns[at] ?? null),
  ]);
  return { answers: "whole", sets: new Map(sets) };
}

/** As a folder's manifest says it, in the place of dimensions. */
function asRecorded(
  { setting }: Publication,
  description: Description,
  { answers, sets }: Question,
): Description {
  const own = setting.axes.find(({ name }) => name === "area")?.values ?? [];
  const all = [
    ...setting.cuts,
    { column: "area", labels: Object.fromEntries(own.map((value) => [value, [value]])) },
  ];
  const cut = (labels: Cut["labels"]): ColumnCut => ({
    ...{ base: "q", name: "asked", answers, sources: {} },
    labels: Object.entries(labels).map(([label, values]) => ({
      label,
      values: values.flatMap((value) => sets.get(value) ?? []).reduce(unionOf),
    })),
  });
  const other: ColumnCut = { base: "s", name: "sex", answers: "text", labels: null, sources: {} };
  const columns = Object.fromEntries(all.map(({ column, labels }) => [column, cut(labels)]));
  const cuts: MeasureCuts = {
    columns: { ...columns, sex: other },
    recordsAt: Object.fromEntries(setting.dates.map((date) => [date, "records"])),
  };
  return {
    ...description,
    dimensions: [],
    releases: description.releases.map((release) => ({
      ...release,
      measures: release.measures.map((measure) => ({ ...measure, cuts })),
    })),
  };
}

const runs = Math.max(12, Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 0));

describe("columns that cut one number across one another", () => {
  it("tell exactly what all true numbers tell that print the same, as the manifest records the cuts", () => {
    let linked = 0;
    const property = fc.property(fc.gen(), (given) => {
      const draw: Draw = (from) => given(() => from);
      const publication = drawPublication(draw, {
        sizes: [3, 4, 5],
        cuts: (values) => drawCuts(draw, values),
        policy: { targets: ["hidden", "complements"] },
      });
      const area = publication.setting.axes[0]?.values ?? [];
      const question = drawQuestion(draw, area);
      const described = describedAs(publication);
      const recorded = asRecorded(publication, described, question);
      linked += audit(recorded).facts.filter(({ kind }) => kind === "cuts").length;
      checkPublication(publication, 20_000, recorded);
    });
    fc.assert(property, { numRuns: runs, seed: 21, endOnFailure: true });
    assert.ok(linked > runs / 3, `${linked} of ${runs} have columns that cut one another`);
  });
});
