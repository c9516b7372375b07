/** The syntax tree of a module in Python, as the interpreter handed it over: data that nobody has looked at. */
import { isRecord } from "../../base/is-record.ts";

/** A node of the tree; its fields are read by the functions below, which expect nothing. */
export interface PythonNode {
  /** `Call`, `Name`, `Assign` and the others of Python's `ast`. */
  readonly _: string;
  /** From 1; 0 where a node has none. */
  readonly line: number;
  readonly end: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface PythonComment {
  readonly line: number;
  readonly text: string;
}

export interface PythonModule {
  /** Below the study's folder. */
  readonly file: string;
  readonly body: readonly PythonNode[];
  readonly comments: readonly PythonComment[];
  /** What its names hold at its end; untrusted. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface PythonSources {
  /** The name of the study's own module. */
  readonly entry: string;
  readonly modules: ReadonlyMap<string, PythonModule>;
}

/** What cannot be said in TypeScript, or is not understood. It ends the translation of the part around it. */
export class Untranslatable extends Error {
  /** In the words of Python: `a while loop`. */
  readonly what: string;
  constructor(what: string) {
    super(what);
    this.what = what;
  }
}

export function cannot(what: string): never {
  throw new Untranslatable(what);
}

function asNode(value: unknown): PythonNode | null {
  if (!isRecord(value) || typeof value["_"] !== "string") return null;
  const { _, line, end } = value;
  return {
    _,
    line: typeof line === "number" ? line : 0,
    end: typeof end === "number" ? end : 0,
    fields: value,
  };
}

/** A part that every such node has. */
export function part(node: PythonNode, field: string): PythonNode {
  return asNode(node.fields[field]) ?? cannot(`a ${node._} without ${field}`);
}

export function optionalPart(node: PythonNode, field: string): PythonNode | null {
  return asNode(node.fields[field]);
}

export function parts(node: PythonNode, field: string): readonly PythonNode[] {
  return optionalParts(node, field).map((each) => each ?? cannot(`an empty ${field}`));
}

/** Null where Python has none, such as the key of `**x` in a dict. */
export function optionalParts(node: PythonNode, field: string): readonly (PythonNode | null)[] {
  const list = node.fields[field];
  return Array.isArray(list) ? list.map(asNode) : [];
}

export function textIn(node: PythonNode, field: string): string {
  const text = node.fields[field];
  return typeof text === "string" ? text : cannot(`a ${node._} without ${field}`);
}

/** The text of a literal; null for anything else. */
export function literalText(node: PythonNode | null): string | null {
  const value = node?._ === "Constant" ? node.fields["value"] : null;
  return typeof value === "string" ? value : null;
}

/** The name of a variable; null for anything else. */
export function nameOf(node: PythonNode | null): string | null {
  return node?._ === "Name" ? textIn(node, "id") : null;
}

/** The node and all below it. */
export function allNodes(node: PythonNode): readonly PythonNode[] {
  const below = Object.values(node.fields).flatMap((value) =>
    Array.isArray(value) ? (value as unknown[]) : [value],
  );
  return [
    node,
    ...below.flatMap((value) => {
      const each = asNode(value);
      return each === null ? [] : allNodes(each);
    }),
  ];
}

/** Null where it is nothing of the kind. */
export function readSources(value: unknown): PythonSources | null {
  if (!isRecord(value) || typeof value["entry"] !== "string" || !isRecord(value["modules"]))
    return null;
  const modules = Object.entries(value["modules"]).flatMap(([name, module]) => {
    const read = readModule(module);
    return read === null ? [] : [[name, read] as const];
  });
  return { entry: value["entry"], modules: new Map(modules) };
}

function readModule(value: unknown): PythonModule | null {
  if (!isRecord(value) || typeof value["file"] !== "string") return null;
  const tree = asNode(value["tree"]);
  if (tree === null) return null;
  const comments = Array.isArray(value["comments"]) ? value["comments"].flatMap(readComment) : [];
  const values = isRecord(value["values"]) ? value["values"] : {};
  return { file: value["file"], body: parts(tree, "body"), comments, values };
}

function readComment(value: unknown): readonly PythonComment[] {
  if (!isRecord(value)) return [];
  const { line, text } = value;
  return typeof line === "number" && typeof text === "string" ? [{ line, text }] : [];
}
