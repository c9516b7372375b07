/** Dicts as objects, or as pairs where an object would change the order or the kind of their keys. */
import { levels } from "./code.ts";
import type { Doc } from "./document.ts";
import { literalText, optionalParts, parts } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import { docOf } from "./translation.ts";
import type { Translation } from "./translation.ts";
import { entry, listOf, objectOf } from "./written-code.ts";
import type { Item } from "./written-code.ts";

/** Keys of which JavaScript would make others, or which it would move to the front. */
export function isOdd(key: PythonNode | null): boolean {
  if (key?._ === "UnaryOp") return true;
  const text = literalText(key);
  return key?._ === "Constant" && (text === null || /^\d+$/.test(text));
}

/** `needsPairs` says which keys an object cannot have here. */
export function dictCode(node: PythonNode, at: Translation, needsPairs = isOdd): Doc {
  const keys = optionalParts(node, "keys");
  const values = parts(node, "values");
  const pairs = keys.some(needsPairs) && !keys.includes(null);
  const items = values.map((value, i): Item => {
    const key = keys[i] ?? null;
    const comments = at.comments.upTo(key?.line ?? value.line);
    if (key === null) return { doc: ["...", docOf(value, at, levels.postfix)], comments };
    if (pairs)
      return { doc: listOf([{ doc: docOf(key, at) }, { doc: docOf(value, at) }]), comments };
    return { doc: entryOf(key, docOf(value, at), at), comments };
  });
  return pairs ? listOf(items) : objectOf(items);
}

function entryOf(key: PythonNode, value: Doc, at: Translation): Doc {
  const text = literalText(key);
  return text === null ? ["[", docOf(key, at), "]: ", value] : entry(text, value);
}

const looksLikeNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** In `categorised_as`: every category that could be a number needs pairs. */
export function categoriesCode(node: PythonNode, at: Translation): Doc {
  if (node._ !== "Dict") return docOf(node, at);
  return dictCode(node, at, (key) => isOdd(key) || looksLikeNumber.test(literalText(key) ?? ""));
}
