import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { graphMermaid } from "../../engine/pipeline/graph/graph-mermaid.ts";
import { graphSvgFile } from "../../engine/pipeline/graph/graph-svg.ts";
import { layOutGraph, NODE_HEIGHT, NODE_WIDTH } from "../../engine/pipeline/graph/graph-layout.ts";
import type { GraphNode } from "../../engine/pipeline/graph/pipeline-graph.ts";
import { inStudy, smallPipeline } from "./study-in.ts";

const node = (name: string, ...needs: readonly string[]): GraphNode => ({
  ...{ name, needs, levels: ["highly_sensitive"], state: "fresh", note: "" },
});

describe("the picture of a pipeline", () => {
  it("has every action below what it needs, and no two in one place", () => {
    const nodes = [
      node("d", "b", "c"),
      node("a"),
      node("b", "a"),
      node("c", "b"),
      ...Array.from({ length: 9 }, (_, i) => node(`x${i}`)),
    ];
    const { nodes: placed, width, height } = layOutGraph(nodes);
    const at = new Map(placed.map((each) => [each.name, each]));
    for (const { name, needs, y } of placed) {
      for (const need of needs)
        assert.ok((at.get(need)?.y ?? Infinity) < y, `${need} above ${name}`);
    }
    for (const one of placed) {
      assert.ok(one.x >= 0 && one.x + NODE_WIDTH <= width && one.y + NODE_HEIGHT <= height);
      const near = placed.filter(
        (other) =>
          Math.abs(other.x - one.x) < NODE_WIDTH && Math.abs(other.y - one.y) < NODE_HEIGHT,
      );
      assert.equal(near.length, 1);
    }
  });

  it("is drawn though actions depend on each other in a cycle", () => {
    assert.equal(layOutGraph([node("a", "b"), node("b", "a")]).nodes.length, 2);
  });

  it("escapes whatever stands in it", () => {
    const nasty = `"><script>alert(1)</script>'&\u202e`;
    for (const text of [graphSvgFile([node(nasty)]), graphMermaid([node(nasty)]).join("\n")]) {
      assert.doesNotMatch(text, /<script|\u202e/);
    }
    assert.match(graphMermaid([node('a"b')])[1] ?? "", /a0\["a#34;b<br\/>/);
  });
});

describe("the command graph", () => {
  it("draws as text, Mermaid or SVG, by state and level, also into a file", async () => {
    await inStudy(smallPipeline, async ({ folder, run, ask }) => {
      await run(["generate_cohorts"]);
      assert.deepEqual((await ask("graph")).lines, [
        "fresh      generate_cohorts   highly_sensitive",
        "missing    generate_measures  moderately_sensitive  <- generate_cohorts",
        "missing    summarise          moderately_sensitive  <- generate_measures",
      ]);
      const mermaid = (await ask("graph", [], { format: "mermaid" })).lines;
      assert.deepEqual([mermaid[0], mermaid[4]], ["flowchart TD", "  a0 --> a1"]);
      assert.ok(mermaid.some((line) => line.startsWith("  classDef missing fill:")));
      await ask("graph", [], { format: "svg", outputFile: "docs/pipeline.svg" });
      const svg = readFileSync(join(folder, "docs/pipeline.svg"), "utf8");
      assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      assert.match(svg, /<g class="g-fresh">.*generate_cohorts/);
      assert.equal((svg.match(/class="g-highly_sensitive"/g) ?? []).length, 1);
    });
  });
});
