/** Which columns a condition reads. */
import { unreachable } from "../../base/problems.ts";
import type { Condition, Operand } from "./condition.ts";

/** Names in order of first mention, each once. */
export function conditionReads(condition: Condition): readonly string[] {
  return [...new Set(mentioned(condition))];
}

function mentioned(node: Condition | Operand): readonly string[] {
  switch (node.kind) {
    case "all":
    case "any":
      return node.of.flatMap(mentioned);
    case "not":
      return mentioned(node.of);
    case "compare":
    case "arithmetic":
      return [...mentioned(node.left), ...mentioned(node.right)];
    case "is-set":
    case "column":
      return [node.name];
    case "number":
    case "text":
      return [];
    default:
      return unreachable(node);
  }
}
