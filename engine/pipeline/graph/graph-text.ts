import type { GraphNode } from "./pipeline-graph.ts";
import { stateLooks } from "./pipeline-graph.ts";

/** A line for each action: its state, its levels, and what it needs. Colours only on a terminal. */
export function graphText(nodes: readonly GraphNode[], inColour: boolean): readonly string[] {
  const names = Math.max(0, ...nodes.map(({ name }) => name.length));
  const levels = Math.max(0, ...nodes.map((node) => levelText(node).length));
  return nodes.map((node) => {
    const needs = node.needs.length === 0 ? "" : `<- ${node.needs.join(", ")}`;
    const state = coloured(node, node.state.padEnd(9), inColour);
    return `${state}  ${node.name.padEnd(names)}  ${levelText(node).padEnd(levels)}  ${needs}`.trimEnd();
  });
}

function levelText({ levels }: GraphNode): string {
  return levels.join(", ");
}

function coloured({ state }: GraphNode, text: string, inColour: boolean): string {
  return inColour ? `\u001b[${stateLooks[state].terminal}m${text}\u001b[0m` : text;
}
