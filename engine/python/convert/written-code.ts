/** Pieces of TypeScript: literals, objects, lists and calls, laid out as Prettier would. */
import {
  broken,
  choice,
  comma,
  group,
  indent,
  joined,
  line,
  newLine,
  softLine,
} from "./document.ts";
import type { Doc } from "./document.ts";
import { mustBreak } from "./lay-out.ts";

/** An item of a list or an object, with the comments that stand above it. */
export interface Item {
  readonly doc: Doc;
  readonly comments?: readonly string[];
}

/** In double quotes, unless fewer characters need a backslash in single ones. */
export function quoted(text: string): string {
  const json = JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  const [doubles, singles] = [text.split('"').length, text.split("'").length];
  if (doubles <= singles) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

export function keyText(key: string): string {
  return isIdentifier(key) ? key : quoted(key);
}

/** A number as it is written in code. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
}

export function comment(text: string): string {
  return text === "" ? "//" : `// ${text}`;
}

function withComments({ doc, comments = [] }: Item): Doc {
  return [...comments.flatMap((text) => [comment(text), newLine]), doc];
}

function hasComments(items: readonly Item[]): boolean {
  return items.some(({ comments = [] }) => comments.length > 0);
}

function body(items: readonly Item[], edge: Doc): Doc {
  return [indent([edge, joined(items.map(withComments), [",", line])]), comma, edge];
}

interface Bracketed {
  readonly start: string;
  readonly count: number;
  /** The same on several lines, for a call that keeps the brackets on its own line. */
  readonly open: Doc;
}

const bracketed = new WeakMap<object, Bracketed>();

function inBrackets(
  items: readonly Item[],
  [start, end]: readonly [string, string],
  { edge, mustBreak }: { readonly edge: Doc; readonly mustBreak: boolean },
): Doc {
  if (items.length === 0) return `${start}${end}`;
  const whole: Doc = [start, body(items, edge), end];
  const open = broken(whole);
  const doc = mustBreak || hasComments(items) ? broken(whole) : group(whole);
  bracketed.set(doc as object, { start, count: items.length, open });
  return doc;
}

/** Several lists or objects of several items stand on a line each. */
export function listOf(items: readonly Item[]): Doc {
  const parts = items.map(({ doc }) => bracketsOf(doc));
  const isTable = parts.every(
    (part) => part !== undefined && part.count > 1 && part.start === parts[0]?.start,
  );
  return inBrackets(items, ["[", "]"], { edge: softLine, mustBreak: isTable && items.length > 1 });
}

export function objectOf(items: readonly Item[]): Doc {
  return inBrackets(items, ["{", "}"], { edge: line, mustBreak: false });
}

function bracketsOf(doc: Doc): Bracketed | undefined {
  return typeof doc === "object" ? bracketed.get(doc) : undefined;
}

/** `key: value`, or `key` alone where the value is a variable of that name. */
export function entry(key: string, value: Doc): Doc {
  return value === key && isIdentifier(key) ? key : [keyText(key), ": ", value];
}

/** A text as it was written. */
function isSeveralLines(doc: Doc): boolean {
  return typeof doc === "string" && doc.includes("\n");
}

/** The last argument keeps its brackets on the line of the call where the others fit there. */
export function callOf(callee: Doc, args: readonly Item[]): Doc {
  if (args.length === 0) return [callee, "()"];
  const all: Doc = [callee, "(", body(args, softLine), ")"];
  if (hasComments(args)) return broken(all);
  const last = args.at(-1)?.doc ?? "";
  const first = args.slice(0, -1).map(({ doc }) => doc);
  if (first.some((each) => mustBreak(each) || isSeveralLines(each))) return broken(all);
  const open = bracketsOf(last)?.open;
  if (open === undefined) return group(all);
  const hugging = (doc: Doc): Doc => [
    callee,
    "(",
    ...first.flatMap((each) => [each, ", "]),
    doc,
    ")",
  ];
  return choice(group(hugging(last)), hugging(open), broken(all));
}

/** Plain data: text, numbers, lists and objects. */
export function literal(value: unknown): Doc {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return listOf(value.map((each) => ({ doc: literal(each) })));
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value);
  return objectOf(entries.map(([key, each]) => ({ doc: entry(key, literal(each)) })));
}

/** The body goes on the next line where it is no object or list that can keep its brackets on this one. */
export function arrowDoc(params: readonly Doc[], code: Doc): Doc {
  const head: Doc = ["(", joined(params, ", "), ") =>"];
  const inner = bracketsOf(code);
  const isObject = inner?.start === "{";
  const inParentheses = (doc: Doc): Doc => (isObject ? ["(", doc, ")"] : doc);
  const doc: Doc = [head, " ", inParentheses(code)];
  const open: Doc =
    inner === undefined
      ? [head, indent([newLine, code]), ",", newLine]
      : [head, " ", inParentheses(inner.open)];
  bracketed.set(doc, { start: "=>", count: 0, open });
  return doc;
}
