/** Text that can be laid out in several ways: see lay-out.ts. */
export type Doc =
  | string
  | readonly Doc[]
  /** A space, or nothing, where its group stands on one line; a new line otherwise. */
  | { readonly kind: "line"; readonly flat: "" | " " }
  /** Always a new line; every group around it is broken. */
  | { readonly kind: "new-line" }
  | { readonly kind: "indent"; readonly doc: Doc }
  /** Only where its group is broken. */
  | { readonly kind: "if-broken"; readonly text: string }
  /** On one line where it fits. */
  | { readonly kind: "group"; readonly doc: Doc }
  /** On several lines whatever its width, and every group around it. */
  | { readonly kind: "broken"; readonly doc: Doc }
  /** The first that fits up to its first new line, and the last of them otherwise. */
  | { readonly kind: "choice"; readonly of: readonly [Doc, ...Doc[]] };

export const line: Doc = { kind: "line", flat: " " };
export const softLine: Doc = { kind: "line", flat: "" };
export const newLine: Doc = { kind: "new-line" };
export const comma: Doc = { kind: "if-broken", text: "," };

export function indent(doc: Doc): Doc {
  return { kind: "indent", doc };
}

export function group(doc: Doc): Doc {
  return { kind: "group", doc };
}

export function broken(doc: Doc): Doc {
  return { kind: "broken", doc };
}

export function choice(...of: [Doc, ...Doc[]]): Doc {
  return { kind: "choice", of };
}

export function joined(docs: readonly Doc[], between: Doc): Doc {
  return docs.flatMap((doc, i) => (i === 0 ? [doc] : [between, doc]));
}
