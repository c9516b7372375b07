/** Expressions of Python as expressions of TypeScript. */
import { callCode } from "./calls.ts";
import { arrowOf, atLeast, binary, levels, postfix } from "./code.ts";
import type { Code } from "./code.ts";
import { docOf, itemsOf } from "./translation.ts";
import type { Translation } from "./translation.ts";
import { comprehensionCode } from "./comprehensions.ts";
import { dictCode } from "./dicts.ts";
import type { Doc } from "./document.ts";
import { group, indent, line } from "./document.ts";
import { cannot, literalText, nameOf, optionalPart, part, parts, textIn } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import { innerScope, meaningOf, variableIn } from "./scope.ts";
import { isIdentifier, listOf, numberText, quoted } from "./written-code.ts";
import type { Item } from "./written-code.ts";

export function expressionCode(node: PythonNode, at: Translation): Code {
  switch (node._) {
    case "Constant":
      return constantCode(node);
    case "Name":
      return postfix(variableText(node, at));
    case "JoinedStr":
      return postfix(templateText(node, at));
    case "List":
    case "Tuple":
      return postfix(listOf(itemsOf(parts(node, "elts"), at)));
    case "Dict":
      return postfix(dictCode(node, at));
    case "Call":
      return callCode(node, at);
    case "Attribute":
      return attributeCode(node, at);
    case "Subscript":
      return subscriptCode(node, at);
    case "ListComp":
    case "GeneratorExp":
    case "DictComp":
      return comprehensionCode(node, at);
    default:
      return operatorCode(node, at);
  }
}

function operatorCode(node: PythonNode, at: Translation): Code {
  switch (node._) {
    case "BinOp":
      return arithmeticCode(node, at);
    case "BoolOp": {
      const [sign, level] =
        part(node, "op")._ === "And" ? (["&&", levels.and] as const) : (["||", levels.or] as const);
      const [first, ...more] = parts(node, "values").map((each) => docOf(each, at, level + 1));
      return more.reduce<Code>((left, right) => binary(left.doc, sign, right, level), {
        doc: first ?? "",
        level,
      });
    }
    case "UnaryOp":
      return unaryCode(node, at);
    case "Compare":
      return comparisonCode(node, at);
    case "IfExp": {
      const doc = group([
        docOf(part(node, "test"), at, levels.or),
        indent([
          line,
          "? ",
          docOf(part(node, "body"), at),
          line,
          ": ",
          docOf(part(node, "orelse"), at),
        ]),
      ]);
      return { doc, level: levels.conditional };
    }
    case "Lambda": {
      const inner = { ...at, scope: innerScope(at.scope) };
      const names = parts(part(node, "args"), "args").map((each) =>
        variableIn(inner.scope, textIn(each, "arg")),
      );
      return arrowOf(names, docOf(part(node, "body"), inner));
    }
    default:
      return cannot(wordsFor[node._] ?? `a ${node._}`);
  }
}

const wordsFor: Readonly<Record<string, string>> = {
  SetComp: "a set",
  Set: "a set",
  NamedExpr: "an assignment inside an expression",
  Starred: "a star",
};

function constantCode(node: PythonNode): Code {
  const { value, odd } = node.fields;
  if (odd !== undefined) return cannot(`a value of type ${textIn(node, "odd")}`);
  if (typeof value === "string") {
    return postfix(value.includes("\n") ? `\`${templatePart(value)}\`` : quoted(value));
  }
  if (typeof value === "number")
    return { doc: numberText(value), level: value < 0 ? levels.unary : levels.atom };
  return postfix(String(value));
}

function variableText(node: PythonNode, at: Translation): string {
  const name = textIn(node, "id");
  const meaning = meaningOf(name, at.scope);
  if (meaning?.kind === "variable") return meaning.text;
  if (meaning?.kind === "package" && meaning.name === "params") return at.use("params");
  return cannot(name);
}

function templateText(node: PythonNode, at: Translation): Doc {
  const texts = parts(node, "values").map((each): Doc => {
    const text = literalText(each);
    if (text !== null) return templatePart(text);
    if (each._ !== "FormattedValue" || each.fields["conversion"] !== -1)
      return cannot("a conversion in an f-string");
    if (optionalPart(each, "format_spec") !== null) return cannot("a format in an f-string");
    return ["${", docOf(part(each, "value"), at), "}"];
  });
  return ["`", ...texts, "`"];
}

function templatePart(text: string): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");
  return escaped.replaceAll(
    /[^\P{Cc}\n]|[\u2028\u2029]/gu,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function attributeCode(node: PythonNode, at: Translation): Code {
  const value = part(node, "value");
  const meaning = meaningOf(nameOf(value) ?? "", at.scope);
  const name = textIn(node, "attr");
  if (meaning?.kind === "module") {
    const found = meaningOf(name, at.scopeOf(meaning.name));
    if (found?.kind === "variable") return postfix(found.text);
  }
  return cannot(`.${name}`);
}

function subscriptCode(node: PythonNode, at: Translation): Code {
  const [value, index] = [part(node, "value"), part(node, "slice")];
  const whole = docOf(value, at, levels.postfix);
  if (index._ === "Slice") {
    if (optionalPart(index, "step") !== null) return cannot("a slice with a step");
    const ends = ["lower", "upper"].map((end) => optionalPart(index, end));
    const [from, to] = ends.map((end) => (end === null ? null : docOf(end, at)));
    const given = [from ?? (to === null || to === undefined ? null : "0"), to ?? null];
    const shown = given.flatMap((each, i) =>
      each === null ? [] : i === 0 ? [each] : [", ", each],
    );
    return postfix([whole, ".slice(", ...shown, ")"]);
  }
  const key = literalText(index);
  if (key !== null)
    return postfix(isIdentifier(key) ? [whole, ".", key] : [whole, "[", quoted(key), "]"]);
  if (index._ === "UnaryOp") return postfix([whole, ".at(", docOf(index, at), ")"]);
  return postfix([whole, "[", docOf(index, at), "]"]);
}

const arithmetic: Readonly<Record<string, readonly [sign: string, level: number]>> = {
  Add: ["+", levels.sum],
  Sub: ["-", levels.sum],
  Mult: ["*", levels.product],
  Div: ["/", levels.product],
};

function arithmeticCode(node: PythonNode, at: Translation): Code {
  const operator = part(node, "op")._;
  const [left, right] = [part(node, "left"), part(node, "right")];
  if (operator === "Add" && (left._ === "List" || right._ === "List")) {
    const spread = (each: PythonNode): readonly Item[] =>
      each._ === "List"
        ? itemsOf(parts(each, "elts"), at)
        : [{ doc: ["...", docOf(each, at, levels.postfix)] }];
    return postfix(listOf([...spread(left), ...spread(right)]));
  }
  const [sign, level] = arithmetic[operator] ?? cannot(`the operator ${operator}`);
  return binary(docOf(left, at, level), sign, docOf(right, at, level + 1), level);
}

function unaryCode(node: PythonNode, at: Translation): Code {
  const sign = { Not: "!", USub: "-", UAdd: "+" }[part(node, "op")._] ?? cannot("an operator");
  return { doc: [sign, docOf(part(node, "operand"), at, levels.unary)], level: levels.unary };
}

const comparisons: Readonly<Record<string, readonly [sign: string, level: number]>> = {
  Eq: ["===", levels.equality],
  NotEq: ["!==", levels.equality],
  Is: ["===", levels.equality],
  IsNot: ["!==", levels.equality],
  Lt: ["<", levels.relation],
  LtE: ["<=", levels.relation],
  Gt: [">", levels.relation],
  GtE: [">=", levels.relation],
};

function comparisonCode(node: PythonNode, at: Translation): Code {
  const [operator, ...more] = parts(node, "ops");
  const [right] = parts(node, "comparators");
  const left = part(node, "left");
  if (operator === undefined || right === undefined || more.length > 0)
    return cannot("a chain of comparisons");
  if (operator._ === "In" || operator._ === "NotIn") {
    const inside = containmentCode(left, right, at);
    return operator._ === "In"
      ? inside
      : { doc: ["!", atLeast(levels.unary, inside)], level: levels.unary };
  }
  const [sign, level] = comparisons[operator._] ?? cannot(`the operator ${operator._}`);
  return binary(docOf(left, at, level + 1), sign, docOf(right, at, level + 1), level);
}

/** In a dict one looks for keys, in a list or a text for parts. */
function containmentCode(left: PythonNode, right: PythonNode, at: Translation): Code {
  const name = nameOf(right);
  const isDict = right._ === "Dict" || (name !== null && (name === "params" || at.dicts.has(name)));
  if (isDict)
    return binary(
      docOf(left, at, levels.relation + 1),
      "in",
      docOf(right, at, levels.relation + 1),
      levels.relation,
    );
  return postfix([docOf(right, at, levels.postfix), ".includes(", docOf(left, at), ")"]);
}
