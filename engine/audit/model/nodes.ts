/** Nodes: sets of axes by which a quantity is laid out, so that all its tables meet in common margins. */
import type { Axis } from "./columns.ts";

/** Axes by their names, ascending. */
export type Node = readonly Axis[];

/** With each axis alone and the total, closed under intersection; each once, the smallest first. */
export function closedNodes(nodes: readonly Node[]): readonly Node[] {
  const all = new Map<string, Node>();
  const add = (axes: Node): boolean => {
    const node = [...new Set(axes)].sort((a, b) => (a.name < b.name ? -1 : 1));
    const key = nodeKey(node);
    if (all.has(key)) return false;
    all.set(key, node);
    return true;
  };
  for (const node of [[], ...nodes, ...nodes.flat().map((axis) => [axis])]) add(node);
  for (let isGrowing = true; isGrowing;) {
    isGrowing = false;
    const now = [...all.values()];
    for (const a of now)
      for (const b of now) if (add(a.filter((axis) => b.includes(axis)))) isGrowing = true;
  }
  return [...all.values()].sort(
    (a, b) => a.length - b.length || (nodeKey(a) < nodeKey(b) ? -1 : 1),
  );
}

export function nodeKey(node: Node): string {
  return node.map(({ name }) => name).join("\n");
}

/** Nodes within `node` that are in no other within it. */
export function maximalBelow(node: Node, nodes: readonly Node[]): readonly Node[] {
  const isBelow = (small: Node, large: Node): boolean =>
    small.length < large.length && small.every((axis) => large.includes(axis));
  const below = nodes.filter((each) => isBelow(each, node));
  return below.filter((each) => !below.some((other) => isBelow(each, other)));
}
