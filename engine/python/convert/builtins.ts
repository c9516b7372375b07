/** What Python itself has, as far as JavaScript has the same. */
import { levels, postfix } from "./code.ts";
import type { Code } from "./code.ts";
import type { Doc } from "./document.ts";
import { rangeDoc } from "./iterables.ts";
import { keywordsOf } from "./keywords.ts";
import { cannot, nameOf, part, parts } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import { docOf, itemsOf } from "./translation.ts";
import type { Translation } from "./translation.ts";
import { callOf, entry, listOf, objectOf } from "./written-code.ts";

export function builtinCode(name: string, node: PythonNode, at: Translation): Code {
  const [first, ...more] = parts(node, "args");
  if (name === "dict") return postfix(dictDoc(node, at));
  if (name === "range") return postfix(rangeDoc(node, at) ?? cannot("a range with a step"));
  if (first === undefined || more.length > 0 || keywordsOf(node).length > 0)
    return cannot(`${name}(…)`);
  const value = docOf(first, at, levels.postfix);
  switch (name) {
    case "len":
      return postfix([value, ".length"]);
    case "str":
      return postfix(callOf("String", [{ doc: docOf(first, at) }]));
    case "list":
    case "tuple":
      return postfix(
        listOf([
          { doc: isDict(first, at) ? callOf("...Object.keys", [{ doc: value }]) : ["...", value] },
        ]),
      );
    default:
      return cannot(`${name}(…)`);
  }
}

function isDict(node: PythonNode, at: Translation): boolean {
  return at.dicts.has(nameOf(node) ?? "");
}

/** `dict(a=1)`, `dict(other)`, `dict(other, a=1)`. */
function dictDoc(node: PythonNode, at: Translation): Doc {
  const spread = parts(node, "args").map((each) => ({
    doc: ["...", docOf(each, at, levels.postfix)],
  }));
  const named = keywordsOf(node).map(({ name, value, line }) => ({
    doc: name === null ? ["...", docOf(value, at, levels.postfix)] : entry(name, docOf(value, at)),
    comments: at.comments.upTo(line),
  }));
  return objectOf([...spread, ...named]);
}

/** Methods that have another name here and the same arguments. */
const renamed: Readonly<Record<string, string>> = {
  append: "push",
  lower: "toLowerCase",
  upper: "toUpperCase",
  replace: "replaceAll",
  startswith: "startsWith",
  endswith: "endsWith",
};

const ofObjects: Readonly<Record<string, string>> = {
  items: "entries",
  keys: "keys",
  values: "values",
};

export function methodCode(method: string, node: PythonNode, at: Translation): Code {
  if (keywordsOf(node).length > 0 && method !== "update") return cannot(`.${method} with names`);
  const owner = docOf(part(part(node, "func"), "value"), at, levels.postfix);
  const args = itemsOf(parts(node, "args"), at);
  const [first] = args;
  const same = renamed[method];
  if (same !== undefined) return postfix(callOf([owner, `.${same}`], args));
  const ofObject = ofObjects[method];
  if (ofObject !== undefined && first === undefined)
    return postfix(callOf(`Object.${ofObject}`, [{ doc: owner }]));
  switch (method) {
    case "strip":
      return first === undefined
        ? postfix([owner, ".trim()"])
        : cannot(".strip of other characters");
    case "split":
      return first === undefined
        ? cannot(".split at blanks")
        : postfix(callOf([owner, ".split"], args));
    case "extend":
      return postfix(
        callOf(
          [owner, ".push"],
          args.map(({ doc }) => ({ doc: ["...", doc] })),
        ),
      );
    case "join":
      return first === undefined
        ? cannot(".join of nothing")
        : postfix(callOf([first.doc, ".join"], [{ doc: owner }]));
    case "update":
      return postfix(
        callOf("Object.assign", [
          { doc: owner },
          {
            doc: updatesOf(
              node,
              args.map(({ doc }) => doc),
              at,
            ),
          },
        ]),
      );
    default:
      return cannot(`.${method}(…)`);
  }
}

function updatesOf(node: PythonNode, args: readonly Doc[], at: Translation): Doc {
  const [only] = args;
  return only !== undefined && keywordsOf(node).length === 0 ? only : dictDoc(node, at);
}
