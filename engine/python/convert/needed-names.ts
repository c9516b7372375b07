/** Which statements of helper modules a study needs: helpers often hold what other studies use. */
import { boundIn, usedIn } from "./bindings.ts";
import { allNodes, textIn } from "./python-tree.ts";
import type { PythonNode, PythonSources } from "./python-tree.ts";

/** Of all modules together: a name too many is a statement too many, and no harm. */
export function neededStatements({ entry, modules }: PythonSources): (node: PythonNode) => boolean {
  const own = modules.get(entry)?.body ?? [];
  const others = [...modules].flatMap(([name, { body }]) => (name === entry ? [] : body));
  const names = new Set(own.flatMap(mentioned));
  const kept = new Set<PythonNode>(own);
  for (let found = true; found;) {
    const more = others.filter(
      (each) => !kept.has(each) && touched(each).some((name) => names.has(name)),
    );
    for (const each of more) {
      kept.add(each);
      for (const name of mentioned(each)) names.add(name);
    }
    found = more.length > 0;
  }
  return (node) => kept.has(node);
}

/** What it binds, or changes in another way. */
function touched(node: PythonNode): readonly string[] {
  const bound = boundIn(node);
  return bound.length > 0 ? bound : usedIn(node);
}

function mentioned(node: PythonNode): readonly string[] {
  const attributes = allNodes(node).filter(({ _ }) => _ === "Attribute");
  return [...usedIn(node), ...attributes.map((each) => textIn(each, "attr"))];
}
