/** What a loop runs over. */
import { levels } from "./code.ts";
import type { Doc } from "./document.ts";
import { nameOf, optionalPart, parts } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import { docOf } from "./translation.ts";
import type { Translation } from "./translation.ts";
import { callOf } from "./written-code.ts";

/** `list`: with the methods of one, which what a `for` loop takes need not have. */
export function iterableDoc(node: PythonNode, at: Translation, as: "list" | "any"): Doc {
  const name = nameOf(node);
  if ((name !== null && at.dicts.has(name)) || node._ === "Dict") {
    return callOf("Object.keys", [{ doc: docOf(node, at) }]);
  }
  const entries = enumerated(node, at);
  if (entries !== null) return as === "any" ? entries : ["[...", entries, "]"];
  return docOf(node, at, levels.postfix);
}

function enumerated(node: PythonNode, at: Translation): Doc | null {
  if (node._ !== "Call" || nameOf(optionalPart(node, "func")) !== "enumerate") return null;
  const [list, ...more] = parts(node, "args");
  if (list === undefined || more.length > 0) return null;
  return [docOf(list, at, levels.postfix), ".entries()"];
}

/** `range(n)` and `range(a, b)`. */
export function rangeDoc(node: PythonNode, at: Translation): Doc | null {
  const [first, second, ...more] = parts(node, "args");
  if (first === undefined || more.length > 0) return null;
  const [from, to] = second === undefined ? [null, first] : [first, second];
  const end = docOf(to, at, levels.sum);
  if (from === null)
    return callOf("Array.from", [{ doc: ["{ length: ", end, " }"] }, { doc: "(_, i) => i" }]);
  const start = docOf(from, at, levels.sum + 1);
  return callOf("Array.from", [
    { doc: ["{ length: ", end, " - ", start, " }"] },
    { doc: ["(_, i) => i + ", start] },
  ]);
}
