import type { Line } from "../../base/toned-line.ts";
import type { GraphNode } from "./pipeline-graph.ts";
import { stateLooks } from "./pipeline-graph.ts";

/** A line for each action: its state, its levels, and what it needs. */
export function graphText(nodes: readonly GraphNode[]): readonly Line[] {
  const names = Math.max(0, ...nodes.map(({ name }) => name.length));
  const levels = Math.max(0, ...nodes.map((node) => levelText(node).length));
  return nodes.map((node) => {
    const needs = node.needs.length === 0 ? "" : `<- ${node.needs.join(", ")}`;
    const rest =
      `  ${node.name.padEnd(names)}  ${levelText(node).padEnd(levels)}  ${needs}`.trimEnd();
    return { tone: stateLooks[node.state].tone, start: node.state.padEnd(9), rest };
  });
}

function levelText({ levels }: GraphNode): string {
  return levels.join(", ");
}
