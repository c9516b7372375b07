/** Lays text out to a width as Prettier does: what fits stands on one line, what does not is broken from the outside in. */
import type { Doc } from "./document.ts";

const WIDTH = 100;

interface Piece {
  readonly doc: Doc;
  readonly depth: number;
  readonly isFlat: boolean;
}

type Node = Exclude<Doc, string | readonly Doc[]>;

/** The text, without spaces at the ends of lines. */
export function laidOut(doc: Doc): string {
  const out: string[] = [];
  let column = 0;
  // The next piece is the last one.
  const rest: Piece[] = [{ doc, depth: 0, isFlat: false }];
  for (let piece = rest.pop(); piece !== undefined; piece = rest.pop()) {
    const text = textOf(piece);
    if (text === null) rest.push(...partsOf(piece, (part) => fits(part, column, rest)));
    else {
      // An empty line has no spaces.
      if (text.startsWith("\n") && /^\n +$/.test(out.at(-1) ?? "")) out[out.length - 1] = "\n";
      out.push(text);
      const end = text.lastIndexOf("\n");
      column = end < 0 ? column + text.length : text.length - end - 1;
    }
  }
  return out.join("");
}

/** Null for what has parts. */
function textOf({ doc, depth, isFlat }: Piece): string | null {
  if (typeof doc === "string") return doc;
  const node = nodeOf(doc);
  switch (node?.kind) {
    case "line":
      return isFlat ? node.flat : newLineTo(depth);
    case "new-line":
      return newLineTo(depth);
    case "if-broken":
      return isFlat ? "" : node.text;
    default:
      return null;
  }
}

function newLineTo(depth: number): string {
  return `\n${" ".repeat(depth)}`;
}

function nodeOf(doc: Doc): Node | null {
  return typeof doc === "string" || isList(doc) ? null : doc;
}

function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}

/** The last one first. */
function partsOf(piece: Piece, doesFit: (part: Piece) => boolean): readonly Piece[] {
  const { doc, depth, isFlat } = piece;
  if (isList(doc)) return doc.map((each) => ({ doc: each, depth, isFlat })).reverse();
  const node = nodeOf(doc);
  switch (node?.kind) {
    case "indent":
      return [{ doc: node.doc, depth: depth + 2, isFlat }];
    case "broken":
      return [{ doc: node.doc, depth, isFlat: false }];
    case "group": {
      const flat = { doc: node.doc, depth, isFlat: true };
      return [
        isFlat || (!mustBreak(node.doc) && doesFit(flat)) ? flat : { ...flat, isFlat: false },
      ];
    }
    case "choice": {
      const pieces = node.of.map((each) => ({ doc: each, depth, isFlat }));
      const fitting = pieces
        .slice(0, -1)
        .find((each, i) => (i > 0 || !mustBreak(each.doc)) && doesFit(each));
      return [fitting ?? pieces.at(-1) ?? piece];
    }
    default:
      return [];
  }
}

const known = new WeakMap<object, boolean>();

/** Whether it stands on several lines whatever the width. */
export function mustBreak(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  const seen = known.get(doc);
  if (seen !== undefined) return seen;
  const must = isList(doc) ? doc.some(mustBreak) : nodeMustBreak(doc);
  known.set(doc, must);
  return must;
}

function nodeMustBreak(node: Node): boolean {
  switch (node.kind) {
    case "new-line":
    case "broken":
      return true;
    case "indent":
    case "group":
      return mustBreak(node.doc);
    case "choice":
      return mustBreak(node.of[0]);
    default:
      return false;
  }
}

/** Whether the piece, and what follows it up to the next new line, ends within the width. */
function fits(piece: Piece, column: number, rest: readonly Piece[]): boolean {
  let left = WIDTH - column;
  let next = rest.length - 1;
  const pieces = [piece];
  while (left >= 0) {
    const part = pieces.pop() ?? rest[next--];
    if (part === undefined) return true;
    const text = textOf(part);
    if (text === null) pieces.push(...partsOf(part, () => true));
    else {
      const end = text.indexOf("\n");
      left -= end < 0 ? text.length : end;
      if (end >= 0) return left >= 0;
    }
  }
  return false;
}
