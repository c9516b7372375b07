/** Where each action stands in a picture: below all that it needs. */
import type { GraphNode } from "./pipeline-graph.ts";

export interface PlacedNode extends GraphNode {
  /** Of its upper left corner, in pixels. */
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  readonly nodes: readonly PlacedNode[];
  readonly width: number;
  readonly height: number;
}

export const NODE_WIDTH = 240;
export const NODE_HEIGHT = 72;
const [GAP_X, GAP_Y, MARGIN, MOST_IN_ROW] = [24, 44, 8, 4];

/** Rows of at most four; a layer with more goes on in the next row. */
export function layOutGraph(nodes: readonly GraphNode[]): GraphLayout {
  const rows = layersOf(nodes).flatMap(inRows);
  const widest = Math.max(1, ...rows.map((row) => row.length));
  const width = 2 * MARGIN + widest * NODE_WIDTH + (widest - 1) * GAP_X;
  const placed = rows.flatMap((row, y) => {
    const rowWidth = row.length * NODE_WIDTH + (row.length - 1) * GAP_X;
    return row.map((node, x) => ({
      ...node,
      x: (width - rowWidth) / 2 + x * (NODE_WIDTH + GAP_X),
      y: MARGIN + y * (NODE_HEIGHT + GAP_Y),
    }));
  });
  const height = 2 * MARGIN + rows.length * (NODE_HEIGHT + GAP_Y) - GAP_Y;
  return { nodes: placed, width, height: Math.max(height, NODE_HEIGHT) };
}

/** By the longest way from an action that needs nothing. Cycles, which cannot be run, end anywhere. */
function layersOf(nodes: readonly GraphNode[]): readonly (readonly GraphNode[])[] {
  const depths = new Map(nodes.map(({ name }) => [name, 0]));
  for (let pass = 0, moved = true; moved && pass < nodes.length; pass++) {
    moved = false;
    for (const { name, needs } of nodes) {
      const depth = Math.max(0, ...needs.map((need) => (depths.get(need) ?? -1) + 1));
      if (depth <= (depths.get(name) ?? 0)) continue;
      depths.set(name, depth);
      moved = true;
    }
  }
  const layers: GraphNode[][] = [];
  for (const node of nodes) (layers[depths.get(node.name) ?? 0] ??= []).push(node);
  return layers.filter((layer) => layer.length > 0);
}

function inRows(layer: readonly GraphNode[]): readonly (readonly GraphNode[])[] {
  const rows = Math.ceil(layer.length / MOST_IN_ROW);
  return Array.from({ length: rows }, (_, i) =>
    layer.slice(i * MOST_IN_ROW, (i + 1) * MOST_IN_ROW),
  );
}
