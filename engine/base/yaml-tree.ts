/** YAML with the place of every part, for files whose author must be reported where something is wrong. */
import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { LineCounter, Pair, ParsedNode, YAMLError } from "yaml";
import { mergedEntries } from "./yaml-merge.ts";
import { parseYamlDocument } from "./yaml-parse.ts";
import type { YamlMark, YamlNode, YamlScalar, YamlEntry, YamlFault } from "./yaml-node.ts";

export interface YamlTree {
  /** Null where the text holds nothing, or is not YAML. */
  readonly root: YamlNode | null;
  /** In the order of the text. */
  readonly faults: readonly YamlFault[];
}

/**
 * Aliases stand for what they name, and `<<` brings in the keys of another map. A tag other than YAML's
 * own, a second document and a duplicate key are faults. After a syntax fault there is no tree,
 * because the rest may mean anything.
 */
export function readYamlTree(text: string): YamlTree {
  const { document, lines, second } = parseYamlDocument(text);
  if (document === null) return { root: null, faults: [tooDeep(START)] };
  const reading: Reading = {
    ...{ faults: [], lines, anchors: new Map(), sizes: new Map() },
    ...{ spent: 0, depth: 0 },
  };
  const broken = document.errors
    .filter(({ message }) => !message.startsWith(CLOSE_COMMENT))
    .map((error) => syntaxFault(error, reading));
  if (second !== null) {
    broken.push({ kind: "documents", at: markAt(lines, second), detail: "" });
  }
  if (broken.length > 0) return { root: null, faults: oneALine(broken) };
  const root = document.contents === null ? null : treeOf(document.contents, START, reading);
  return { root: isNothing(root) ? null : root, faults: reading.faults };
}

interface Reading {
  readonly faults: YamlFault[];
  readonly lines: LineCounter;
  readonly anchors: Map<string, YamlNode>;
  /** Parts in each anchored node, with those that its own aliases brought. */
  readonly sizes: Map<YamlNode, number>;
  /** Parts read so far, with those that aliases brought. */
  spent: number;
  /** Parts around the one that is being read. */
  depth: number;
}

/** `'3.0'#old`: PyYAML lets a comment follow a quote or bracket at once, and the tree is right. */
const CLOSE_COMMENT = "Comments must be separated from other tokens";

const START: YamlMark = { line: 1, column: 1 };

/** Enough for thousands of actions that share a list; a few lines of aliases can mean billions. */
const MOST_PARTS = 1_000_000;
const MOST_DEPTH = 100;

function tooDeep(at: YamlMark): YamlFault {
  return { kind: "syntax", at, detail: `parts lie in one another more than ${MOST_DEPTH} deep` };
}

function isNothing(root: YamlNode | null): boolean {
  return root?.kind === "scalar" && root.value === null;
}

function syntaxFault({ code, message, pos }: YAMLError, { lines }: Reading): YamlFault {
  const at = markAt(lines, pos[0]);
  if (code === "TAB_AS_INDENT") return { kind: "tab", at, detail: "" };
  if (code === "BAD_ALIAS") return { kind: "alias", at, detail: message };
  if (message.includes("call stack")) return tooDeep(START);
  return { kind: "syntax", at, detail: message };
}

/** One slip can make the parser complain several times of one line. */
function oneALine(faults: readonly YamlFault[]): readonly YamlFault[] {
  const first = new Map<number, YamlFault>();
  for (const fault of faults) {
    if (!first.has(fault.at.line)) first.set(fault.at.line, fault);
  }
  return [...first.values()];
}

function markAt(lines: LineCounter, offset: number): YamlMark {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** `above` is the place of a part that is not there: `needs:` with nothing behind. */
function treeOf(node: ParsedNode | null, above: YamlMark, reading: Reading): YamlNode {
  if (node === null) return nothingAt(above);
  const at = markAt(reading.lines, node.range[0]);
  reading.spent += 1;
  if (isAlias(node)) return aliasedNode(node.source, at, reading);
  if (node.tag !== undefined && !YAML_TAG.test(node.tag)) {
    reading.faults.push({ kind: "tag", at, detail: node.tag });
  }
  const before = reading.spent;
  reading.depth += 1;
  const tree = contentOf(node, at, reading);
  reading.depth -= 1;
  if (node.anchor !== undefined) {
    reading.anchors.set(node.anchor, tree);
    reading.sizes.set(tree, reading.spent - before + 1);
  }
  return tree;
}

function nothingAt(at: YamlMark): YamlNode {
  return { kind: "scalar", at, value: null, text: "" };
}

const YAML_TAG = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

function contentOf(node: ParsedNode, at: YamlMark, reading: Reading): YamlNode {
  if (reading.depth > MOST_DEPTH) {
    reading.faults.push(tooDeep(at));
    return nothingAt(at);
  }
  if (isSeq(node)) {
    return { kind: "list", at, items: node.items.map((item) => treeOf(item, at, reading)) };
  }
  if (isMap(node)) return { kind: "map", at, entries: entriesOf(node.items, at, reading) };
  const value = scalarOf(isScalar(node) ? node.value : null);
  const written = isScalar(node) && typeof node.value !== "string" ? node.source : undefined;
  return { kind: "scalar", at, value, text: written ?? String(value ?? "") };
}

/** The node itself, not a copy: what it stands for is counted, not made again. */
function aliasedNode(name: string, at: YamlMark, reading: Reading): YamlNode {
  const target = reading.anchors.get(name);
  reading.spent += (target === undefined ? 0 : reading.sizes.get(target)) ?? 0;
  if (target !== undefined && reading.spent <= MOST_PARTS) return target;
  const why = target === undefined ? "which is not complete here" : "and aliases mean too much";
  reading.faults.push({ kind: "alias", at, detail: `*${name}, ${why}` });
  return nothingAt(at);
}

function entriesOf(
  pairs: readonly Pair<ParsedNode, ParsedNode | null>[],
  above: YamlMark,
  reading: Reading,
): readonly YamlEntry[] {
  const seen = new Set<string>();
  const entries = pairs.map(({ key, value }) => {
    const name = treeOf(key, above, reading);
    const { at } = name;
    const text = name.kind === "scalar" ? name.text : "";
    if (name.kind !== "scalar") {
      reading.faults.push({ kind: "syntax", at, detail: "A key must be a plain word" });
    } else if (seen.has(text)) reading.faults.push({ kind: "repeated-key", at, detail: text });
    seen.add(text);
    return { key: text, at, value: treeOf(value, at, reading) };
  });
  return seen.has("<<") ? mergedEntries(entries, reading.faults) : entries;
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
