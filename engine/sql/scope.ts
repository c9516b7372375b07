/** Where SQL is being said: what the leaves of the query model are called there. */
import type { IsoDate } from "../base/dates.ts";
import type { PlanCodelist } from "../plan/model/cohort-plan.ts";
import type { Value } from "../plan/model/value.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

/** A day is relative to the index date: one day, or a day for each number of a column `k`. */
export interface IndexDate {
  readonly days: readonly IsoDate[];
  /** The column that holds the number of the index date; null where there is one day only. */
  readonly number: Sql | null;
}

export interface Scope {
  readonly dialect: Dialect;
  readonly codelist: (name: string) => PlanCodelist;
  readonly field: (name: string) => Sql;
  readonly patient: (name: string) => Sql;
  readonly summary: (id: string, take: string) => Sql;
  readonly column: (name: string) => Sql;
  readonly patientId: Sql;
  readonly indexDate: IndexDate;
  /** What a run that must stop tells of the place: the column of the study. */
  readonly place: string;
}

type Leaf = "field" | "patient" | "summary" | "column";

/** A scope in which the leaves that are not given must not occur. */
export function scopeOf(given: Pick<Scope, "dialect" | "codelist"> & Partial<Scope>): Scope {
  const absent = (leaf: Leaf) => (): never => {
    throw new Error(`no ${leaf} here`);
  };
  return {
    field: absent("field"),
    patient: absent("patient"),
    summary: absent("summary"),
    column: absent("column"),
    patientId: sql`patient_id`,
    indexDate: { days: [], number: null },
    place: "",
    ...given,
  };
}

export type FromIndexDate = Extract<Value, { kind: "from-index-date" }>;
