/** YAML with the place of every part, for files whose author must be told where something is wrong. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Document, Pair, ParsedNode, YAMLError } from "yaml";

/** Both from 1. */
export interface YamlMark {
  readonly line: number;
  readonly column: number;
}

export type YamlNode =
  | { readonly kind: "map"; readonly at: YamlMark; readonly entries: readonly YamlEntry[] }
  | { readonly kind: "list"; readonly at: YamlMark; readonly items: readonly YamlNode[] }
  | { readonly kind: "scalar"; readonly at: YamlMark; readonly value: YamlScalar };

export type YamlScalar = string | number | boolean | null;

export interface YamlEntry {
  readonly key: string;
  readonly at: YamlMark;
  readonly value: YamlNode;
}

/** What makes a text unfit; `detail` is the parser's sentence, or the name concerned. */
export interface YamlFault {
  readonly kind: "syntax" | "tab" | "repeated-key" | "anchor" | "alias" | "tag" | "documents";
  readonly at: YamlMark;
  readonly detail: string;
}

export interface YamlTree {
  /** Null where the text holds nothing, or is not YAML. */
  readonly root: YamlNode | null;
  /** In the order of the text. */
  readonly faults: readonly YamlFault[];
}

/**
 * Plain maps, lists and scalars only: anchors, aliases, tags, a second document and a key that stands
 * twice are faults. After a syntax fault there is no tree, because the rest may mean anything.
 */
export function readYamlTree(text: string): YamlTree {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  });
  const reading: Reading = { faults: [], lines };
  const broken = document.errors.map((error) => syntaxFault(error, reading));
  if (broken.length > 0) return { root: null, faults: distinct(broken) };
  const root = rootOf(document, reading);
  return { root, faults: reading.faults };
}

interface Reading {
  readonly faults: YamlFault[];
  readonly lines: LineCounter;
}

const START: YamlMark = { line: 1, column: 1 };

function rootOf({ contents }: Document.Parsed, reading: Reading): YamlNode | null {
  if (contents === null) return null;
  const root = treeOf(contents, START, reading);
  return root.kind === "scalar" && root.value === null ? null : root;
}

function syntaxFault({ code, message, pos }: YAMLError, { lines }: Reading): YamlFault {
  const at = markAt(lines, pos[0]);
  if (code === "TAB_AS_INDENT") return { kind: "tab", at, detail: "" };
  if (code === "MULTIPLE_DOCS") return { kind: "documents", at, detail: "" };
  return { kind: "syntax", at, detail: message };
}

/** One slip can make the parser complain several times of one line. */
function distinct(faults: readonly YamlFault[]): readonly YamlFault[] {
  return faults.filter((fault, i) => faults.findIndex(({ at }) => at.line === fault.at.line) === i);
}

function markAt(lines: LineCounter, offset: number): YamlMark {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** `above` is the place of a part that is not there: `needs:` with nothing behind. */
function treeOf(node: ParsedNode | null, above: YamlMark, reading: Reading): YamlNode {
  if (node === null) return { kind: "scalar", at: above, value: null };
  const at = markAt(reading.lines, node.range[0]);
  if (isAlias(node)) {
    reading.faults.push({ kind: "alias", at, detail: `*${node.source}` });
    return { kind: "scalar", at, value: null };
  }
  if (node.anchor !== undefined) {
    reading.faults.push({ kind: "anchor", at, detail: `&${node.anchor}` });
  }
  if (node.tag !== undefined) reading.faults.push({ kind: "tag", at, detail: node.tag });
  if (isSeq(node)) {
    const items = node.items.map((item) => treeOf(item, at, reading));
    return { kind: "list", at, items };
  }
  if (isMap(node)) return { kind: "map", at, entries: entriesOf(node.items, at, reading) };
  return { kind: "scalar", at, value: scalarOf(isScalar(node) ? node.value : null) };
}

function entriesOf(
  pairs: readonly Pair<ParsedNode, ParsedNode | null>[],
  above: YamlMark,
  reading: Reading,
): readonly YamlEntry[] {
  const seen = new Set<string>();
  return pairs.map(({ key, value }) => {
    const name = treeOf(key, above, reading);
    const { at } = name;
    const text = name.kind === "scalar" ? String(name.value) : "";
    if (name.kind !== "scalar") {
      reading.faults.push({ kind: "syntax", at, detail: "A key must be a plain word" });
    } else if (seen.has(text)) reading.faults.push({ kind: "repeated-key", at, detail: text });
    seen.add(text);
    return { key: text, at, value: treeOf(value, at, reading) };
  });
}

function scalarOf(value: unknown): YamlScalar {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  // A whole number too long for a double; nothing here counts so far.
  return typeof value === "bigint" ? String(value) : Number(value);
}

/** The tree without its places, as plain data. */
export function plainYaml(node: YamlNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(plainYaml);
    case "map":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainYaml(value)]));
  }
}
