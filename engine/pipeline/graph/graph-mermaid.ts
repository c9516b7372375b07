import type { GraphNode, GraphState } from "./pipeline-graph.ts";
import { stateLooks } from "./pipeline-graph.ts";

/** A Mermaid flowchart, for Markdown pages that draw them. */
export function graphMermaid(nodes: readonly GraphNode[]): readonly string[] {
  const ids = new Map(nodes.map(({ name }, i) => [name, `a${i}`]));
  const states = [...new Set(nodes.map(({ state }) => state))];
  return [
    "flowchart TD",
    ...nodes.map(({ name, state, levels }) => {
      const lines = [name, state, ...levels].map(quoted).join("<br/>");
      return `  ${ids.get(name) ?? ""}["${lines}"]:::${state}`;
    }),
    ...nodes.flatMap(({ name, needs }) =>
      needs
        .filter((need) => ids.has(need))
        .map((need) => `  ${ids.get(need) ?? ""} --> ${ids.get(name) ?? ""}`),
    ),
    ...states.map(classLine),
  ];
}

function classLine(state: GraphState): string {
  const { fill, ink } = stateLooks[state];
  return `  classDef ${state} fill:${fill},color:${ink},stroke:${ink}`;
}

function quoted(text: string): string {
  return text.replace(/[&<>"#]|[^ -~]/gu, (letter) => `#${letter.codePointAt(0) ?? 0};`);
}
