/** What the modules of a study tell of their names before any is translated. */
import { keywordsOf } from "./keywords.ts";
import { allNodes, nameOf, optionalPart, part, parts, textIn } from "./python-tree.ts";
import type { PythonNode, PythonSources } from "./python-tree.ts";

function nodesOf({ modules }: PythonSources): readonly PythonNode[] {
  return [...modules.values()].flatMap(({ body }) => body.flatMap(allNodes));
}

/** Names to which a dict is assigned somewhere. */
export function dictNames(sources: PythonSources): ReadonlySet<string> {
  const names = nodesOf(sources).flatMap((node) => {
    if (node._ !== "Assign") return [];
    const value = part(node, "value");
    const isDict =
      ["Dict", "DictComp"].includes(value._) || nameOf(optionalPart(value, "func")) === "dict";
    return isDict ? parts(node, "targets").flatMap((each) => nameOf(each) ?? []) : [];
  });
  return new Set(names);
}

/** Names of which a method is called, that are added to, or a part of which is assigned. */
export function changedNames(sources: PythonSources): ReadonlySet<string> {
  const names = nodesOf(sources).flatMap((node) => {
    if (node._ === "AugAssign") return nameOf(part(node, "target")) ?? [];
    if (node._ === "Attribute") return nameOf(part(node, "value")) ?? [];
    const targets = node._ === "Assign" ? parts(node, "targets") : [];
    return targets.flatMap((each) =>
      each._ === "Subscript" ? (nameOf(part(each, "value")) ?? []) : [],
    );
  });
  return new Set(names);
}

/** The type of what every call gives to an argument; `any` where they differ or cannot be told. */
export function paramTypes(sources: PythonSources): (owner: string, param: string) => string {
  const nodes = nodesOf(sources);
  const calls = nodes.filter(({ _ }) => _ === "Call");
  const functions = nodes.filter(({ _ }) => _ === "FunctionDef");
  return (owner, param) => {
    const defined = functions.find((each) => textIn(each, "name") === owner);
    const names =
      defined === undefined
        ? []
        : parts(part(defined, "args"), "args").map((each) => textIn(each, "arg"));
    const given = calls
      .filter((each) => nameOf(optionalPart(each, "func")) === owner)
      .flatMap((each) => {
        const byName = keywordsOf(each).find(({ name }) => name === param)?.value;
        return byName ?? parts(each, "args")[names.indexOf(param)] ?? [];
      });
    const types = [...new Set(given.map(typeOf))];
    return types.length === 1 ? (types[0] ?? "any") : "any";
  };
}

function typeOf(node: PythonNode): string {
  if (node._ === "JoinedStr") return "string";
  if (node._ !== "Constant" || node.fields["value"] === null) return "any";
  return typeof node.fields["value"];
}
