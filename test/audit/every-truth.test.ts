/** An audit of random publications against all true numbers that can stand behind them, and against itself. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { audit } from "../../engine/audit/audit.ts";
import type { AuditedCell, AuditResult } from "../../engine/audit/audit-result.ts";
import type { Description } from "../../engine/audit/describe/description.ts";
import { checkPublication } from "./audited-truth.ts";
import { describedAs } from "./described-publication.ts";
import { print } from "./publication.ts";
import type { Rule } from "./publication.ts";
import { drawPublication } from "./random-publication.ts";
import type { Publication } from "./random-publication.ts";

const more = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 0);

function holds(check: (publication: Publication) => void, runs: number, seed: number): void {
  const property = fc.property(fc.gen(), (draw) => {
    check(drawPublication((from) => draw(() => from)));
  });
  fc.assert(property, { numRuns: Math.max(more, runs), seed, endOnFailure: true });
}

const nameOf = ({ of, quantity, date, groups, since, without }: AuditedCell): string =>
  JSON.stringify([of, quantity, date, Object.entries(groups).sort(), since, without]);

/** Cells that both decided, the first beside the other. */
function both(
  one: AuditResult,
  other: AuditResult,
): readonly (readonly [AuditedCell, AuditedCell])[] {
  if (one.contradiction !== null || other.contradiction !== null) return [];
  const found = new Map(other.cells.map((cell) => [nameOf(cell), cell]));
  return one.cells.flatMap((cell) => {
    const same = found.get(nameOf(cell));
    const areDecided = [cell, same].every((each) => each?.verdict !== "undecided");
    return same === undefined || !areDecided ? [] : [[cell, same] as const];
  });
}

function isWithin(inner: AuditedCell, outer: AuditedCell): boolean {
  const values = (cell: AuditedCell) => cell.values ?? null;
  const [few, many] = [values(inner), values(outer)];
  return (
    inner.min >= outer.min &&
    (inner.max ?? Infinity) <= (outer.max ?? Infinity) &&
    (few === null || many === null || few.every((value) => many.includes(value)))
  );
}

describe("an audit", () => {
  it("says exactly what all true numbers say that print the same, and its certificates hold", () => {
    holds(
      (publication) => {
        checkPublication(publication, 20_000);
      },
      14,
      11,
    );
  });

  it("says the same whatever the order of files and rows, and with totals of printed rows beside them", () => {
    holds(
      (publication) => {
        const description = describedAs(publication);
        const whole = audit(description);
        for (const [says, changed] of [
          ["order", reordered(description)],
          ["totals", withTotals(publication, description)],
        ] as const) {
          const other = audit(changed);
          const isSame =
            publication.setting.cuts.length > 0 || whole.cells.length === other.cells.length;
          assert.ok(isSame, says);
          for (const [cell, same] of both(whole, other))
            assert.deepEqual(toldOf(cell), toldOf(same), says);
        }
      },
      10,
      13,
    );
  });

  it("says no more where a table that hides nothing has coarser labels", () => {
    holds(
      (publication) => {
        const { setting, truth } = publication;
        const [area, ...others] = setting.axes.map(({ values }) => values);
        const [first = "", ...rest] = area ?? [];
        fc.pre(rest.length > 1 && others.length < 2);
        const low = { column: "low", axis: "area", labels: { [first]: [first], rest } };
        const given = (column: string): Description => {
          const open = {
            keys: [column],
            groups: "all",
            leavesBlank: () => false,
            rule: plainRule,
          } as const;
          const tables = setting.tables.map((table, at) =>
            at === 0 ? { ...table, ...open } : table,
          );
          const own = { ...setting, cuts: [low], tables };
          const printed = tables.flatMap((table) =>
            setting.dates.map((_, date) => print(own, table, truth, date)),
          );
          return describedAs({ ...publication, setting: own, printed, known: [] });
        };
        for (const [fine, coarse] of both(audit(given("area")), audit(given("low"))))
          assert.ok(isWithin(fine, coarse), JSON.stringify([fine, coarse]));
      },
      10,
      14,
    );
  });

  it("says no less with one table more, and no more for who only adds up", () => {
    holds(
      (publication) => {
        const description = describedAs(publication);
        const whole = audit(description);
        const told = (others: Partial<Description>): AuditResult =>
          audit({ ...description, known: [], ...others });
        const fewer = withoutLast(description);
        if (fewer !== null) {
          const less = told({ releases: fewer });
          for (const [cell, same] of both(whole, less))
            assert.ok(isWithin(cell, same), JSON.stringify([cell, same, description]));
        }
        const unasked = audit(description, 0);
        assert.ok(unasked.cells.every(({ verdict }) => verdict !== "safe"));
        assert.ok(!unasked.releasable || unasked.cells.length === 0);
        const adds = told({ policy: { ...description.policy, attacker: "sums" } });
        for (const [cell, same] of both(whole, adds))
          assert.ok(isWithin(cell, same), JSON.stringify([cell, same, description]));
      },
      12,
      12,
    );
  });
});

/** Null where there is one only. */
function withoutLast({ releases }: Description): Description["releases"] | null {
  const [first, ...others] = releases;
  if (first === undefined || first.measures.length < 2) return null;
  return [{ ...first, measures: first.measures.slice(0, -1) }, ...others];
}

const plainRule: Rule = {
  ...{ isOurs: true, threshold: null, secondary: true, as: "blank" },
  rounding: { kind: "none", by: 0 },
  value: { from: "shown", decimals: null },
};

const toldOf = ({ min, max, values, verdict, unsafe }: AuditedCell) => ({
  min,
  max,
  values,
  verdict,
  unsafe,
});

/** Measures and rows from the last to the first. */
function reordered({ releases, ...others }: Description): Description {
  const turned = (text: string): string => {
    const [header = "", ...rows] = text.trimEnd().split("\n");
    return [header, ...rows.reverse(), ""].join("\n");
  };
  return {
    ...others,
    releases: releases.toReversed().map((release) => ({
      ...release,
      measures: release.measures.toReversed(),
      files: Object.fromEntries(
        Object.entries(release.files).map(([name, text]) => [name, turned(text)]),
      ),
    })),
  };
}

/** Each measure of another program with a total of what its rows print. */
function withTotals({ printed, setting }: Publication, description: Description): Description {
  return {
    ...description,
    releases: description.releases.map((release) => {
      const own = release.measures.filter(
        ({ rule, group_by: keys }) => !rule.isOurs && keys?.includes("population") === false,
      );
      const files = own.map(({ id, numerator, denominator }) => {
        const tables = printed.filter(({ table }) => table.id === id);
        const rows = tables.map(({ date, numbers }) => {
          const sums = numbers.map((all) => all.reduce<number>((sum, n) => sum + (n ?? 0), 0));
          return [...sums, "", setting.dates[date]].join(",");
        });
        const header = [...new Set([numerator, denominator]), "value", "date"].join(",");
        return [`measure_total_${id}.csv`, [header, ...rows, ""].join("\n")];
      });
      const totals = own.map((measure) => ({
        ...{ ...measure, id: `total_${measure.id}`, group_by: ["population"], withheld: [] },
        rule: { ...measure.rule, derived: measure.id },
      }));
      return {
        ...release,
        measures: [...release.measures, ...totals],
        files: { ...release.files, ...(Object.fromEntries(files) as Record<string, string>) },
      };
    }),
  };
}
