/** Functions of the author's. */
import type { Doc } from "./document.ts";
import { newLine, softLine, line, group, indent, comma, joined } from "./document.ts";
import {
  cannot,
  literalText,
  optionalPart,
  optionalParts,
  part,
  parts,
  textIn,
} from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import { innerScope, variableIn } from "./scope.ts";
import { docOf } from "./translation.ts";
import type { Translation } from "./translation.ts";

/** The type of what cannot be told. */
const ANYTHING = "any";

type Block = (body: readonly PythonNode[], at: Translation) => Doc;

export function functionDoc(node: PythonNode, at: Translation, block: Block): Doc {
  const args = part(node, "args");
  if (optionalPart(args, "vararg") !== null || optionalPart(args, "kwarg") !== null) {
    return cannot("a function with * or ** in its arguments");
  }
  if (parts(node, "decorator_list").length > 0) return cannot("a decorator");
  const name = textIn(node, "name");
  const text = variableIn(at.scope, name);
  const positional = [...parts(args, "posonlyargs"), ...parts(args, "args")];
  const given = [...positional, ...parts(args, "kwonlyargs")];
  at.scope.names.set(name, {
    kind: "variable",
    text,
    params: given.map((each) => textIn(each, "arg")),
  });
  const within = { ...at, scope: innerScope(at.scope) };
  const last = optionalParts(args, "defaults");
  const none = positional.slice(last.length).map(() => null);
  const defaults = [...none, ...last, ...optionalParts(args, "kw_defaults")];
  const params = given.map((each, i) => paramDoc(each, defaults[i] ?? null, name, within));
  const list = group(["(", indent([softLine, joined(params, [",", line])]), comma, softLine, ")"]);
  const body = parts(node, "body");
  return [
    docComment(body),
    `function ${text}`,
    list,
    " ",
    block(
      body.filter((each) => !isText(each)),
      within,
    ),
  ];
}

function paramDoc(
  node: PythonNode,
  otherwise: PythonNode | null,
  owner: string,
  at: Translation,
): Doc {
  const name = variableIn(at.scope, textIn(node, "arg"));
  if (otherwise !== null) {
    const isNone = otherwise._ === "Constant" && otherwise.fields["value"] === null;
    return isNone ? `${name}: ${ANYTHING} = null` : [name, " = ", docOf(otherwise, at)];
  }
  return `${name}: ${at.typeOfParam(owner, textIn(node, "arg"))}`;
}

function isText(node: PythonNode): boolean {
  return node._ === "Expr" && literalText(optionalPart(node, "value")) !== null;
}

/** What stands as text at the beginning of a function or a module. */
export function docComment(body: readonly PythonNode[]): Doc {
  const [first] = body;
  const text = first?._ === "Expr" ? literalText(optionalPart(first, "value")) : null;
  if (text === null) return "";
  const lines = text
    .trim()
    .replaceAll("*/", "* /")
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((each) => each.trim());
  const [only] = lines;
  if (lines.length === 1) return [`/** ${only ?? ""} */`, newLine];
  return [
    "/**",
    ...lines.flatMap((each): Doc => [newLine, each === "" ? " *" : ` * ${each}`]),
    newLine,
    " */",
    newLine,
  ];
}
