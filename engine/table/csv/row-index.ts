/**
 * First of two passes over the bytes: where the fields are. The second decodes each wanted column in
 * a loop of its own, so that both stay small enough for the compiler to make them fast.
 */
import { fail } from "../problems.ts";
import { COMMA, CR, LF, QUOTE } from "./ascii.ts";
import type { ByteWindow } from "./byte-window.ts";

/**
 * Field c of row r is the bytes from `edges[r * stride + c] + 1` to `edges[r * stride + c + 1]`,
 * quotes included; a field whose first byte is a quote is quoted.
 */
export interface RowIndex {
  /** Fields of a row plus one. */
  readonly stride: number;
  readonly edges: Int32Array;
  /** The row's number in the file, for problems; the header is 1, blank lines count. */
  readonly numbers: Float64Array;
  rows: number;
}

export function rowIndex(fields: number, rows: number): RowIndex {
  const stride = fields + 1;
  return { stride, edges: new Int32Array(rows * stride), numbers: new Float64Array(rows), rows: 0 };
}

/**
 * Indexes the next whole rows of the window, up to what the index holds, and moves the window past
 * them. Blank lines are skipped. Problems: ragged-row, broken-quotes.
 */
export function indexRows(window: ByteWindow, index: RowIndex): void {
  const { numbers, stride, edges } = index;
  index.rows = 0;
  while (index.rows < numbers.length && window.from < window.to) {
    const first = index.rows * stride;
    const edge = indexFields(window, edges, first);
    const end = edges[edge] ?? 0;
    const next = behindLineEnd(window, end);
    if (next === INCOMPLETE) return;
    window.row++;
    if (end !== window.from) {
      if (edge - first !== stride - 1) failForRagged(window, edge - first, stride - 1);
      numbers[index.rows++] = window.row;
    }
    window.from = next;
  }
}

/** Moves the window past its whole rows and gives their number, but for blank ones. Problem: broken-quotes. */
export function countRows(window: ByteWindow): number {
  // A row has at most as many fields as bytes and one more.
  const edges = new Int32Array(window.to - window.from + 2);
  let rows = 0;
  while (window.from < window.to) {
    const edge = indexFields(window, edges, 0);
    const end = edges[edge] ?? 0;
    const next = behindLineEnd(window, end);
    if (next === INCOMPLETE) return rows;
    window.row++;
    if (end !== window.from) rows++;
    window.from = next;
  }
  return rows;
}

/** The edges of the first row that is not blank, or null if more bytes are needed or none is left. */
export function indexHeader(window: ByteWindow): Int32Array | null {
  // A row has at most as many fields as bytes and one more.
  const edges = new Int32Array(window.to - window.from + 2);
  while (window.from < window.to) {
    const edge = indexFields(window, edges, 0);
    const end = edges[edge] ?? 0;
    const next = behindLineEnd(window, end);
    if (next === INCOMPLETE) return null;
    const blank = end === window.from;
    window.row++;
    window.from = next;
    if (!blank) return edges.slice(0, edge + 1);
  }
  return null;
}

/** Stores the edges of one row; gives the place of the last, which is at a line end or `to`. */
function indexFields(window: ByteWindow, edges: Int32Array, first: number): number {
  const { bytes, to } = window;
  let at = window.from;
  let edge = first;
  edges[edge] = at - 1;
  for (; at < to; at++) {
    const byte = bytes[at] ?? 0;
    // Letters and digits all lie above the comma, the other bytes that matter below.
    if (byte > COMMA) continue;
    if (byte === COMMA) edges[++edge] = at;
    else if (byte === LF || byte === CR) break;
    // A quote that does not open a field is an ordinary character.
    else if (byte === QUOTE && edges[edge] === at - 1) at = closingQuote(window, at);
  }
  edges[++edge] = at;
  return edge;
}

const INCOMPLETE = -1;

/** Line ends are LF, CR LF or CR. */
function behindLineEnd({ bytes, to, last }: ByteWindow, end: number): number {
  if (end + 1 < to) return bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
  if (last) return to;
  return end < to && bytes[end] === LF ? to : INCOMPLETE;
}

/** The place of the quote that closes a field, or `to` if more bytes are needed. */
function closingQuote(window: ByteWindow, open: number): number {
  const { bytes, to, last, file, row } = window;
  for (let at = open + 1; at < to; at++) {
    if (bytes[at] !== QUOTE) continue;
    const next = at + 1 < to ? bytes[at + 1] : undefined;
    if (next === QUOTE) at++;
    else if (next === undefined || next === COMMA || next === LF || next === CR) return at;
    else fail("broken-quotes", { file, row: row + 1 });
  }
  return last ? fail("broken-quotes", { file, row: row + 1 }) : to;
}

function failForRagged({ file, row }: ByteWindow, fields: number, expected: number): never {
  return fail("ragged-row", { file, row, fields, expected });
}
