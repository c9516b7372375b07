/** Statements of Python as statements of TypeScript. */
import { levels } from "./code.ts";
import { bindingsOf, boundIn } from "./bindings.ts";
import type { Bindings } from "./bindings.ts";
import type { Doc } from "./document.ts";
import { indent, newLine } from "./document.ts";
import { functionDoc } from "./functions.ts";
import { iterableDoc } from "./iterables.ts";
import { cannot, literalText, nameOf, optionalPart, part, parts } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import { blockScope, variableIn } from "./scope.ts";
import { namesIn, targetDoc } from "./targets.ts";
import { docOf, itemsOf } from "./translation.ts";
import type { Translation } from "./translation.ts";
import { callOf, comment } from "./written-code.ts";

/** In a block `{ … }` of a scope of its own. */
export function blockDoc(body: readonly PythonNode[], at: Translation): Doc {
  const docs = statementsOf(body, at);
  return docs.length === 0 ? "{}" : ["{", indent([newLine, spaced(docs)]), newLine, "}"];
}

function spaced(docs: readonly Doc[]): Doc {
  return docs.flatMap((doc, i) => (i === 0 ? [doc] : [newLine, doc]));
}

/** Each with the comments above it. */
export function statementsOf(body: readonly PythonNode[], at: Translation): readonly Doc[] {
  const bindings = bindingsOf(body);
  return body.flatMap((each) => {
    const comments = at.comments.upTo(each.line).flatMap((text): Doc => [comment(text), newLine]);
    const doc = statementDoc(each, at, bindings);
    return doc === null ? [] : [[comments, doc]];
  });
}

/** Null for one that says nothing. */
export function statementDoc(node: PythonNode, at: Translation, bindings: Bindings): Doc | null {
  switch (node._) {
    case "Pass":
    case "Import":
    case "ImportFrom":
      return null;
    case "Assign":
    case "AnnAssign":
      return assignmentDoc(node, at, bindings);
    case "AugAssign":
      return additionDoc(node, at);
    case "Expr":
      return literalText(part(node, "value")) === null
        ? [docOf(part(node, "value"), at), ";"]
        : null;
    case "FunctionDef":
      return functionDoc(node, at, blockDoc);
    case "Return": {
      const value = optionalPart(node, "value");
      return value === null ? "return;" : ["return ", docOf(value, at), ";"];
    }
    case "If":
    case "For":
      return [declared(node, at, bindings), node._ === "If" ? ifDoc(node, at) : forDoc(node, at)];
    default:
      return cannot(wordsFor[node._] ?? `a ${node._} statement`);
  }
}

/** The type of what cannot be told. */
const ANYTHING = "any";

const wordsFor: Readonly<Record<string, string>> = {
  While: "a while loop",
  With: "a with block (writeOutput writes files)",
  Try: "try and except",
  Raise: "raise",
  ClassDef: "a class",
};

/** Variables that are made inside a block and used behind it are declared before it. */
function declared(node: PythonNode, at: Translation, bindings: Bindings): Doc {
  const outside = boundIn(node).filter((name) => bindings.isUsedOutside(name, node));
  const fresh = [...new Set(outside)].filter(
    (name) => at.scope.names.get(name)?.kind !== "variable",
  );
  return fresh.map((name): Doc => [`let ${variableIn(at.scope, name)};`, newLine]);
}

function ifDoc(node: PythonNode, at: Translation): Doc {
  const [body, otherwise] = [parts(node, "body"), parts(node, "orelse")];
  const within = (): Translation => ({ ...at, scope: blockScope(at.scope) });
  const head: Doc = ["if (", docOf(part(node, "test"), at), ") ", blockDoc(body, within())];
  const [only] = otherwise;
  if (only === undefined) return head;
  const isElif = only._ === "If" && otherwise.length === 1;
  return [head, " else ", isElif ? ifDoc(only, at) : blockDoc(otherwise, within())];
}

function forDoc(node: PythonNode, at: Translation): Doc {
  if (parts(node, "orelse").length > 0) return cannot("an else of a loop");
  const list = iterableDoc(part(node, "iter"), at, "any");
  const within = { ...at, scope: blockScope(at.scope) };
  const target = targetDoc(part(node, "target"), within.scope);
  return ["for (const ", target, " of ", list, ") ", blockDoc(parts(node, "body"), within)];
}

function assignmentDoc(node: PythonNode, at: Translation, bindings: Bindings): Doc | null {
  const targets = node._ === "Assign" ? parts(node, "targets") : [part(node, "target")];
  const [target] = targets;
  const value = optionalPart(node, "value");
  if (value === null) return null;
  if (target === undefined || targets.length > 1) return cannot("several assignments at once");
  const code = docOf(value, at);
  if (target._ === "Subscript") return [docOf(target, at, levels.postfix), " = ", code, ";"];
  const names = namesIn(target);
  if (names.length === 0) return cannot("an assignment to an attribute");
  const isKnown = names.every((name) => isVariable(name, at));
  if (isKnown) return [docOf(target, at, levels.postfix), " = ", code, ";"];
  const left = targetDoc(target, at.scope);
  const word = names.every((name) => bindings.isBoundOnce(name)) ? "const" : "let";
  const type = constantOf(value, names, at);
  const exported = names.includes("measures") && at.scope.fixed !== undefined ? "export " : "";
  return [`${exported}${word} `, left, type.before, " = ", code, type.behind, ";"];
}

/** So that the compiler knows what a list holds: the texts themselves, or what is put into it. */
function constantOf(value: PythonNode, names: readonly string[], at: Translation) {
  const items = value._ === "List" || value._ === "Tuple" ? parts(value, "elts") : null;
  const isFixed = items !== null && items.every((each) => literalText(each) !== null);
  const isChanged = names.some((name) => at.changed.has(name));
  if (items?.length === 0 && names.includes("measures")) {
    at.use("type MeasureDefinition");
    return { before: ": MeasureDefinition[]", behind: "" };
  }
  if (isChanged && value._ === "Dict") return { before: ": Record<string, any>", behind: "" };
  if (items?.length === 0) return { before: `: ${ANYTHING}[]`, behind: "" };
  return { before: "", behind: isFixed && items.length > 0 && !isChanged ? " as const" : "" };
}

/** In this scope, or a block around it. */
function isVariable(name: string, at: Translation): boolean {
  let scope: Translation["scope"] | null = at.scope;
  while (scope !== null) {
    if (scope.names.get(name)?.kind === "variable") return true;
    scope = scope.isBlock === true ? scope.outer : null;
  }
  return false;
}

function additionDoc(node: PythonNode, at: Translation): Doc {
  const [target, value] = [part(node, "target"), part(node, "value")];
  const left = docOf(target, at, levels.postfix);
  if (part(node, "op")._ !== "Add") return cannot("an assignment with an operator");
  const items = value._ === "List" ? itemsOf(parts(value, "elts"), at) : null;
  if (items !== null) return [callOf([left, ".push"], items), ";"];
  if (value._ === "ListComp") {
    return [callOf([left, ".push"], [{ doc: ["...", docOf(value, at)] }]), ";"];
  }
  return nameOf(target) === null
    ? cannot("an addition to a part")
    : [left, " += ", docOf(value, at), ";"];
}
