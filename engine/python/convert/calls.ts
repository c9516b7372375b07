/** Calls: of the package, of the author's functions, and of what Python itself has. */
import { postfix, levels } from "./code.ts";
import type { Code } from "./code.ts";
import { builtinCode, methodCode } from "./builtins.ts";
import type { Doc } from "./document.ts";
import { packageCode } from "./package-calls.ts";
import { columnCallDoc } from "./column-calls.ts";
import { cannot, literalText, nameOf, part, parts, textIn } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import { meaningOf } from "./scope.ts";
import type { Meaning } from "./scope.ts";
import { keywordsOf } from "./keywords.ts";
import { docOf, itemsOf } from "./translation.ts";
import type { Translation } from "./translation.ts";
import { callOf } from "./written-code.ts";
import type { Item } from "./written-code.ts";

export function callCode(node: PythonNode, at: Translation): Code {
  const callee = part(node, "func");
  const meaning = calleeMeaning(callee, at);
  if (meaning?.kind === "package") return packageCode(meaning.name, node, at);
  if (meaning?.kind === "variable") return postfix(ownCall(meaning, node, at));
  if (meaning?.kind === "foreign") return cannot(meaning.name);
  const name = nameOf(callee);
  if (name !== null && meaning === null) return builtinCode(name, node, at);
  if (callee._ !== "Attribute") return cannot("a call of what is no name");
  const owner = calleeMeaning(part(callee, "value"), at);
  const method = textIn(callee, "attr");
  if (owner?.kind === "package" && owner.name === "patients") {
    return postfix(columnCallDoc(method, node, at));
  }
  if (owner?.kind === "package" && owner.name === "params") return paramCall(method, node, at);
  if (owner?.kind === "foreign") return cannot(`${owner.name}.${method}`);
  return methodCode(method, node, at);
}

/** Also of `cohortextractor.patients` and `codelists.name`. */
function calleeMeaning(node: PythonNode, at: Translation): Meaning | null {
  const name = nameOf(node);
  if (name !== null) return meaningOf(name, at.scope);
  if (node._ !== "Attribute") return null;
  const owner = calleeMeaning(part(node, "value"), at);
  const attribute = textIn(node, "attr");
  if (owner?.kind === "whole-package") return { kind: "package", name: attribute };
  if (owner?.kind === "module") return meaningOf(attribute, at.scopeOf(owner.name));
  return owner?.kind === "foreign" ? { kind: "foreign", name: `${owner.name}.${attribute}` } : null;
}

function paramCall(method: string, node: PythonNode, at: Translation): Code {
  const args = parts(node, "args");
  const [name, otherwise] = args;
  if (method !== "get" || name === undefined || literalText(name) === null)
    return cannot(`params.${method}`);
  if (otherwise === undefined || literalText(otherwise) === null)
    return cannot("params.get without a text");
  return postfix(callOf(at.use("param"), itemsOf(args, at)));
}

/** Arguments by name take their places; what stands between is not given. */
function ownCall(
  { text, params }: Extract<Meaning, { kind: "variable" }>,
  node: PythonNode,
  at: Translation,
): Doc {
  const positional = itemsOf(parts(node, "args"), at);
  const keywords = keywordsOf(node);
  if (keywords.length === 0) return callOf(text, positional);
  const known = params ?? cannot("arguments by name");
  const byName = new Map(
    keywords.map(({ name, value }): [string, Item] => {
      if (name === null) return cannot("** in a call of an own function");
      return [
        name,
        { doc: docOf(value, at, levels.arrow), comments: at.comments.upTo(value.line) },
      ];
    }),
  );
  const places = known.map((name, i) => positional[i] ?? byName.get(name) ?? null);
  if ([...byName.keys()].some((name) => !known.includes(name)))
    return cannot("an unknown argument");
  const last = places.findLastIndex((each) => each !== null);
  return callOf(
    text,
    places.slice(0, last + 1).map((each) => each ?? { doc: "undefined" }),
  );
}
