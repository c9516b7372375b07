/** Visits that have a code, where codes are in a table of their own. */
import type { Rows } from "../model/rows.ts";
import { compare, field, integer } from "../model/value.ts";
import type { Test } from "../model/value.ts";

const FOUND = "has_code";

export function withVisitCode(
  from: Rows,
  code: {
    /** What the visits are told apart by. */
    readonly id: string;
    readonly table: "visit_diagnoses" | "visit_procedures";
    readonly where: Test;
  },
): Rows {
  const { id, table, where } = code;
  const rows: Rows = {
    kind: "looked-up",
    from,
    table,
    on: [id, "visit_id"],
    where,
    take: {},
    order: ["visit_id"],
    found: FOUND,
  };
  return { kind: "matching", from: rows, where: compare(field(FOUND), "=", integer(1)) };
}
