import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { reportPage } from "../../engine/pipeline/report/report-page.ts";
import { graphSvgFile } from "../../engine/pipeline/graph/graph-svg.ts";
import type { Comparisons } from "../../engine/pipeline/record/compare-runs.ts";
import type { RunRecord } from "../../engine/pipeline/record/run-record.ts";
import { comparisonsOf } from "../../engine/pipeline/record/compare-runs.ts";
import { inStudy, smallPipeline } from "./study-in.ts";

const HOSTILE = `"'><script>alert(1)</script>&\u202e\u0007`;

/** Every way to the leaves of a value, as keys from the outside in. */
function leavesOf(value: unknown, way: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [way];
  return Object.entries(value).flatMap(([key, held]) => leavesOf(held, [...way, key]));
}

/** A copy in which one leaf is another value. */
function withLeaf(value: unknown, [key, ...rest]: readonly string[], leaf: unknown): unknown {
  if (key === undefined) return leaf;
  const held = value as Readonly<Record<string, unknown>>;
  const changed = withLeaf(held[key], rest, leaf);
  return Array.isArray(value)
    ? value.map((each: unknown, at) => (String(at) === key ? changed : each))
    : { ...held, [key]: changed };
}

/** The page, or nothing where such a record cannot be shown. */
function pageOf(run: unknown, comparisons: unknown): string | null {
  try {
    return reportPage(run as RunRecord, comparisons as Comparisons);
  } catch {
    return null;
  }
}

describe("the report of a record that somebody else made", () => {
  it("takes no markup from any of its fields, whatever type the field should have", async () => {
    await inStudy(smallPipeline, async ({ run, ask }) => {
      await run(["run_all"]);
      const first = JSON.parse((await ask("show", [], { json: true })).lines.join("")) as {
        readonly run: RunRecord;
      };
      await run(["run_all"], { force: true });
      const second = JSON.parse((await ask("show", [], { json: true })).lines.join("")) as {
        readonly run: RunRecord;
        readonly comparisons: Comparisons;
      };
      const plain = reportPage(second.run, comparisonsOf(second.run, [first.run]));
      const leaves = leavesOf(second);
      assert.ok(leaves.length > 100);
      let shown = 0;
      for (const way of leaves) {
        const hostile = withLeaf(second, way, HOSTILE) as typeof second;
        const page = pageOf(hostile.run, hostile.comparisons) ?? "";
        assert.equal(page.includes("<script"), false, way.join("."));
        assert.equal(page.includes("\u202e") || page.includes("\u0007"), false, way.join("."));
        if (page.includes("&lt;script&gt;")) shown++;
      }
      assert.ok(shown > 20, `only ${shown} fields are shown`);
      assert.equal((plain.match(/<script/g) ?? []).length, 0);
    });
  });

  it("draws no markup from an action's name", () => {
    const svg = graphSvgFile([
      { name: HOSTILE, needs: [], levels: [], state: "failed", note: HOSTILE },
    ]);
    assert.doesNotMatch(svg, /<script/);
    assert.match(svg, /&lt;script&gt;/);
  });
});
