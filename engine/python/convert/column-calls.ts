/** `patients.NAME(...)`: needed arguments in order, the others as options. */
import { isFunctionName, shapeOf } from "../../definition/function-table.ts";
import type { ArgumentKind, ArgumentShape } from "../../definition/functions/shape.ts";
import { camelCase } from "../../definition/snake-case.ts";
import { levels } from "./code.ts";
import { categoriesCode } from "./dicts.ts";
import type { Doc } from "./document.ts";
import { keywordsOf } from "./keywords.ts";
import type { Keyword } from "./keywords.ts";
import { cannot, literalText, optionalParts, parts } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import { docOf } from "./translation.ts";
import type { Translation } from "./translation.ts";
import { callOf, entry, objectOf } from "./written-code.ts";
import type { Item } from "./written-code.ts";

type Table = Readonly<Record<string, ArgumentShape>>;

export function columnCallDoc(name: string, node: PythonNode, at: Translation): Doc {
  if (!isFunctionName(name)) return cannot(`patients.${name}`);
  const table: Table = shapeOf(name).args;
  const callee = `${at.use("patients")}.${camelCase(name)}`;
  if ("column_names" in table) return aggregateDoc(callee, node, at);
  const given = givenTo(table, node, at);
  const needed = Object.keys(table).filter((each) => table[each]?.required === true);
  const options = given.options
    .filter(({ name: each }) => !needed.includes(each))
    .map(({ item }) => item);
  const first = needed.map(
    (each): Item => given.options.find((one) => one.name === each)?.value ?? { doc: "undefined" },
  );
  const extra =
    given.extra.length === 0 ? [] : [{ doc: entry("extraColumns", objectOf(given.extra)) }];
  const last = [...options, ...extra];
  return callOf(callee, [...first, ...(last.length === 0 ? [] : [{ doc: objectOf(last) }])]);
}

interface Given {
  readonly options: readonly { readonly name: string; readonly item: Item; readonly value: Item }[];
  readonly extra: readonly Item[];
}

function givenTo(table: Table, node: PythonNode, at: Translation): Given {
  const names = Object.keys(table);
  const positional = parts(node, "args").map((value, i): Keyword => {
    if (value._ === "Starred") return cannot("a star among arguments");
    return { name: names[i] ?? cannot("too many arguments"), value, line: value.line };
  });
  const options: Given["options"][number][] = [];
  const extra: Item[] = [];
  for (const { name, value, line } of [...positional, ...keywordsOf(node)]) {
    const comments = at.comments.upTo(line);
    const shape = name === null || name === "extra_columns" ? undefined : table[name];
    if (name !== null && shape !== undefined) {
      const doc = argumentDoc(shape.kind, value, at);
      options.push({
        name,
        item: { doc: entry(camelCase(name), doc), comments },
        value: { doc, comments },
      });
    } else if ("extra_columns" in table)
      extra.push(columnItem({ name, value, line }, comments, at));
    else
      return cannot(name === null ? "** among the arguments of a column" : `the argument ${name}`);
  }
  return { options, extra };
}

/** Names of sources, then columns that exist for this only. */
function aggregateDoc(callee: string, node: PythonNode, at: Translation): Doc {
  const sources = parts(node, "args").map((each): Item =>
    each._ === "Starred" ? cannot("a star among arguments") : { doc: docOf(each, at) },
  );
  const extra = keywordsOf(node).map((each) => columnItem(each, at.comments.upTo(each.line), at));
  return callOf(callee, [...sources, ...(extra.length === 0 ? [] : [{ doc: objectOf(extra) }])]);
}

export function columnItem(
  { name, value }: Keyword,
  comments: readonly string[],
  at: Translation,
): Item {
  if (name === null) return { doc: ["...", docOf(value, at, levels.postfix)], comments };
  return { doc: entry(name, docOf(value, at)), comments };
}

function argumentDoc(kind: ArgumentKind, value: PythonNode, at: Translation): Doc {
  switch (kind) {
    case "categories":
      return categoriesCode(value, at);
    case "vaccination":
    case "vaccine-codes":
      return inCamelCase(value, at);
    default:
      return docOf(value, at);
  }
}

function inCamelCase(node: PythonNode, at: Translation): Doc {
  if (node._ !== "Dict") return docOf(node, at);
  const values = parts(node, "values");
  const items = optionalParts(node, "keys").map((key, i): Item => {
    const [name, value] = [literalText(key), values[i]];
    if (name === null || value === undefined) return cannot("a key that is no text");
    return {
      doc: entry(camelCase(name), docOf(value, at)),
      comments: at.comments.upTo(value.line),
    };
  });
  return objectOf(items);
}
