/** Comprehensions as calls of `map`, `filter` and `flatMap`. */
import { arrowOf, levels, postfix } from "./code.ts";
import type { Code } from "./code.ts";
import type { Doc } from "./document.ts";
import { cannot, optionalPart, part, parts } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import { innerScope } from "./scope.ts";
import { targetDoc } from "./targets.ts";
import { docOf } from "./translation.ts";
import type { Translation } from "./translation.ts";
import { callOf, listOf } from "./written-code.ts";
import { iterableDoc } from "./iterables.ts";

export function comprehensionCode(node: PythonNode, at: Translation): Code {
  const loops = parts(node, "generators");
  const list = loopsDoc(node, loops, at);
  return postfix(node._ === "DictComp" ? callOf("Object.fromEntries", [{ doc: list }]) : list);
}

function loopsDoc(node: PythonNode, [loop, ...inner]: readonly PythonNode[], at: Translation): Doc {
  if (loop === undefined) return cannot("a comprehension without a loop");
  const within = { ...at, scope: innerScope(at.scope) };
  const list = iterableDoc(part(loop, "iter"), at, "list");
  const target = targetDoc(part(loop, "target"), within.scope);
  const kept = parts(loop, "ifs").reduce<Doc>((doc, test) => {
    const arrow = arrowOf([target], docOf(test, within, levels.conditional));
    return callOf([doc, ".filter"], [{ doc: arrow.doc }]);
  }, list);
  if (inner.length === 0 && isSame(node, loop)) return kept;
  const body = inner.length > 0 ? loopsDoc(node, inner, within) : elementDoc(node, within);
  return callOf(
    [kept, inner.length > 0 ? ".flatMap" : ".map"],
    [{ doc: arrowOf([target], body).doc }],
  );
}

/** `[x for x in xs if …]` */
function isSame(node: PythonNode, loop: PythonNode): boolean {
  const [element, target] = [optionalPart(node, "elt"), part(loop, "target")];
  return (
    element?._ === "Name" && target._ === "Name" && element.fields["id"] === target.fields["id"]
  );
}

function elementDoc(node: PythonNode, at: Translation): Doc {
  if (node._ !== "DictComp") return docOf(part(node, "elt"), at);
  return listOf([{ doc: docOf(part(node, "key"), at) }, { doc: docOf(part(node, "value"), at) }]);
}
