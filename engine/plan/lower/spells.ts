/** Registrations and addresses: rows that begin and end, of which one holds on a day. */
import type { Order, Window } from "../model/rows.ts";
import { field } from "../model/value.ts";
import type { Value } from "../model/value.ts";

/** Rows that had begun by the first day and went on beyond the last. */
export function covering(starts: Value, first: Value, last: Value): Window {
  return { kind: "covering", starts, ends: field("ends_at"), first, last };
}

export function latest(name: string): Order {
  return { of: field(name), descending: true };
}

export function lowest(of: Value): Order {
  return { of, descending: false };
}
