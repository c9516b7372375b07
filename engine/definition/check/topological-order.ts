/** Columns in an order in which each stands after all that it reads. */

export type Ordered<Node> =
  | { readonly ok: true; readonly order: readonly Node[] }
  | { readonly ok: false; readonly cycle: readonly string[] };

/**
 * Keeps the given order where dependencies allow. References to names that are not among the nodes
 * are ignored. A cycle is given with its first name repeated at the end: a → b → a.
 */
export function topologicalOrder<Node extends { readonly name: string }>(
  nodes: readonly Node[],
  reads: (node: Node) => readonly string[],
): Ordered<Node> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const done = new Set<string>();
  const order: Node[] = [];
  for (const start of nodes) {
    const cycle = visitFrom(start, { byName, done, order, reads });
    if (cycle !== null) return { ok: false, cycle };
  }
  return { ok: true, order };
}

interface Walk<Node> {
  readonly byName: ReadonlyMap<string, Node>;
  readonly done: Set<string>;
  readonly order: Node[];
  readonly reads: (node: Node) => readonly string[];
}

/** Depth first with an own stack: a chain of 100,000 columns must not end in a stack overflow. */
function visitFrom<Node extends { readonly name: string }>(
  start: Node,
  { byName, done, order, reads }: Walk<Node>,
): readonly string[] | null {
  if (done.has(start.name)) return null;
  const path = [{ node: start, rest: [...reads(start)] }];
  const open = new Set([start.name]);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const next = top.rest.shift();
    if (next === undefined) {
      path.pop();
      open.delete(top.node.name);
      done.add(top.node.name);
      order.push(top.node);
      continue;
    }
    const node = byName.get(next);
    if (node === undefined || done.has(next)) continue;
    if (open.has(next))
      return cycleOf(
        path.map((step) => step.node.name),
        next,
      );
    open.add(next);
    path.push({ node, rest: [...reads(node)] });
  }
  return null;
}

function cycleOf(path: readonly string[], again: string): readonly string[] {
  return [...path.slice(path.indexOf(again)), again];
}
