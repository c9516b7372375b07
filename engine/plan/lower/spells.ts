/** Registrations and addresses: rows that begin and end, of which one holds on a day. */
import type { Order, Rows, Window } from "../model/rows.ts";
import { field } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import type { Lowering } from "./lowering.ts";

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

/** Of the one row that a patient has, whatever the day. */
export function currentOf(rows: Rows, value: Value, to: Lowering): Value {
  const output = { kind: "pick", take: { value }, order: [lowest(value)] } as const;
  return to.summary(rows, { kind: "always" }, output)();
}
