/** Everything that stands inside a value or a test. */
import { unreachable } from "../../base/problems.ts";
import type { Output, Rows, Window } from "./rows.ts";
import type { Test, Value } from "./value.ts";

export type Node = Value | Test;

/** What stands directly inside. */
export function inside(node: Node): readonly Node[] {
  switch (node.kind) {
    case "field":
    case "patient":
    case "summary":
    case "column":
    case "integer":
    case "float":
    case "text":
    case "day":
    case "from-index-date":
    case "patient-hash":
      return [];
    case "shifted":
    case "rounded":
    case "year":
    case "day-of":
    case "decimal":
    case "shown-date":
    case "category":
    case "is-present":
    case "not":
    case "is-true":
    case "in-codelist":
      return [node.of];
    case "arithmetic":
    case "compare":
      return [node.left, node.right];
    case "completed-years":
      return [node.from, node.to];
    case "choose":
      return [
        ...node.cases.flatMap(({ when, then }) => [when, then]),
        ...(node.otherwise === null ? [] : [node.otherwise]),
      ];
    case "coalesce":
      return [node.of, node.otherwise];
    case "extreme":
    case "later":
    case "all":
    case "any":
      return node.of;
    default:
      return unreachable(node);
  }
}

/** The node and everything in it, at any depth. */
export function* everything(node: Node): Generator<Node> {
  yield node;
  for (const part of inside(node)) yield* everything(part);
}

export function columnsIn(nodes: Iterable<Node>): readonly string[] {
  const names = new Set<string>();
  for (const node of nodes) {
    for (const each of everything(node)) if (each.kind === "column") names.add(each.name);
  }
  return [...names];
}

export function fieldsIn(nodes: Iterable<Node>): readonly string[] {
  const names = new Set<string>();
  for (const node of nodes) {
    for (const each of everything(node)) if (each.kind === "field") names.add(each.name);
  }
  return [...names];
}

/** The dates that a window is bounded by. */
export function boundsOf(window: Window): readonly Value[] {
  switch (window.kind) {
    case "always":
      return [];
    case "during":
      return [window.from, window.to].filter((bound) => bound !== null);
    case "covering":
      return [window.first, window.last];
    default:
      return unreachable(window);
  }
}

/** The rows that others are made from, the table or file first. */
export function rowsWithin(rows: Rows): readonly Rows[] {
  switch (rows.kind) {
    case "table":
    case "file":
      return [rows];
    default:
      return [...rowsWithin(rows.from), rows];
  }
}

/** What an output reads of rows. */
export function nodesOf(output: Output): readonly Node[] {
  switch (output.kind) {
    case "exists":
      return [];
    case "aggregate":
      return output.aggregate.kind === "rows" ? [] : [output.aggregate.of];
    case "pick":
      return [...Object.values(output.take), ...output.order.map(({ of }) => of)];
    case "agreed":
      return [output.of];
    case "each":
      return Object.values(output.take);
    default:
      return unreachable(output);
  }
}

/** Fields by which a window tells whether a row counts. */
export function windowFields(window: Window): readonly string[] {
  switch (window.kind) {
    case "always":
      return [];
    case "during":
      return [window.date];
    case "covering":
      return fieldsIn([window.starts, window.ends]);
    default:
      return unreachable(window);
  }
}
