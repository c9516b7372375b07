/** Which names the statements of a scope bind, how often, and where they are used. */
import { allNodes, nameOf, optionalPart, parts, textIn } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import { namesIn } from "./targets.ts";

export interface Bindings {
  /** And never changed by an assignment. */
  readonly isBoundOnce: (name: string) => boolean;
  /** By statements of the scope beside this one. */
  readonly isUsedOutside: (name: string, statement: PythonNode) => boolean;
}

export function bindingsOf(body: readonly PythonNode[]): Bindings {
  const bound = body.flatMap(boundIn);
  const used = new Map(body.map((each) => [each, new Set(usedIn(each))]));
  return {
    isBoundOnce: (name) => bound.filter((each) => each === name).length === 1,
    isUsedOutside: (name, statement) =>
      [...used].some(([each, names]) => each !== statement && names.has(name)),
  };
}

/** Those of functions inside are their own. A loop's own variable is there in the loop only. */
export function boundIn(node: PythonNode): readonly string[] {
  switch (node._) {
    case "Assign":
      return parts(node, "targets").flatMap(namesIn);
    case "AugAssign":
    case "AnnAssign": {
      // What is added to a list is put into it.
      const added = node._ === "AugAssign" ? optionalPart(node, "value")?._ : undefined;
      if (added === "List" || added === "ListComp") return [];
      const name = nameOf(optionalPart(node, "target"));
      return name === null ? [] : [name];
    }
    case "FunctionDef":
      return [textIn(node, "name")];
    case "If":
    case "For":
    case "While":
    case "With":
    case "Try":
      return blocksOf(node).flatMap(boundIn);
    default:
      return [];
  }
}

export function usedIn(node: PythonNode): readonly string[] {
  return allNodes(node).flatMap((each) => nameOf(each) ?? []);
}

function blocksOf(node: PythonNode): readonly PythonNode[] {
  const fields = ["body", "orelse", "finalbody"].flatMap((field) => parts(node, field));
  return [...fields, ...parts(node, "handlers").flatMap((each) => parts(each, "body"))];
}
