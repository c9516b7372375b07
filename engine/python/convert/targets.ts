/** What is assigned to: a variable, or several at once. */
import type { Doc } from "./document.ts";
import { cannot, nameOf, parts } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import { variableIn } from "./scope.ts";
import type { Scope } from "./scope.ts";
import { listOf } from "./written-code.ts";

/** Its variables are made in the scope. */
export function targetDoc(node: PythonNode, scope: Scope): Doc {
  const name = nameOf(node);
  if (name !== null) return variableIn(scope, name);
  if (node._ !== "Tuple" && node._ !== "List") return cannot("an assignment to a part");
  return listOf(parts(node, "elts").map((each) => ({ doc: targetDoc(each, scope) })));
}

/** The names that it binds. */
export function namesIn(node: PythonNode): readonly string[] {
  const name = nameOf(node);
  if (name !== null) return [name];
  return node._ === "Tuple" || node._ === "List" ? parts(node, "elts").flatMap(namesIn) : [];
}
