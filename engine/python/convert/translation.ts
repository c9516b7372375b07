/** What is known while a part of a study is translated. */
import { atLeast, levels } from "./code.ts";
import type { Code } from "./code.ts";
import type { Comments } from "./comments.ts";
import type { Doc } from "./document.ts";
import { part } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import type { Scope } from "./scope.ts";
import type { Item } from "./written-code.ts";

export interface Translation {
  readonly scope: Scope;
  readonly comments: Comments;
  /** Names of Python that hold dicts, where they are written as such. */
  readonly dicts: ReadonlySet<string>;
  /** Names of lists that are changed somewhere, by a method or an assignment. */
  readonly changed: ReadonlySet<string>;
  /** Columns of measures that the study does not define. */
  readonly fileColumns: ReadonlySet<string>;
  /** Of an argument of a function of the author's, as far as its calls tell. */
  readonly typeOfParam: (owner: string, param: string) => string;
  /** Has the name imported from "cohortline", and gives it. */
  readonly use: (name: string) => string;
  /** Of a module of the author's. */
  readonly scopeOf: (module: string) => Scope;
  /** Of any expression: what knows only some of them asks for their parts by this. */
  readonly code: (node: PythonNode, at: Translation) => Code;
  /** The recorded form of a column of the study; null if there is none. */
  readonly recordedColumn: (name: string) => Doc | null;
  /** Columns that turned out to mean something else when they were translated, and `measures` likewise. */
  readonly forced: ReadonlySet<string>;
}

export function docOf(node: PythonNode, at: Translation, level: number = levels.arrow): Doc {
  return atLeast(level, at.code(node, at));
}

/** Items of a list, each with the comments above it. */
export function itemsOf(nodes: readonly PythonNode[], at: Translation): readonly Item[] {
  return nodes.map((each): Item => {
    const comments = at.comments.upTo(each.line);
    if (each._ !== "Starred") return { doc: docOf(each, at), comments };
    return { doc: ["...", docOf(part(each, "value"), at, levels.postfix)], comments };
  });
}
