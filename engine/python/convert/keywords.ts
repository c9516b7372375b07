/** Arguments of calls by their names. */
import { part, parts } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";

/** An argument by name; null for `**value`. */
export interface Keyword {
  readonly name: string | null;
  readonly value: PythonNode;
  readonly line: number;
}

export function keywordsOf(call: PythonNode): readonly Keyword[] {
  return parts(call, "keywords").map((each) => {
    const { arg } = each.fields;
    return {
      name: typeof arg === "string" ? arg : null,
      value: part(each, "value"),
      line: each.line,
    };
  });
}

/** The argument at this place or of this name; null where it is not given. */
export function argumentOf(call: PythonNode, place: number, name: string): PythonNode | null {
  const positional = parts(call, "args")[place];
  return positional ?? keywordsOf(call).find((each) => each.name === name)?.value ?? null;
}
