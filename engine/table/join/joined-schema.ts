/** The columns of two cohort files joined. */
import type { CohortColumn, CohortSchema } from "../cohort-schema.ts";
import { fail } from "../problems.ts";

/** Both have `patient_id` first. */
export interface JoinedSchemas {
  readonly left: CohortSchema;
  readonly right: CohortSchema;
}

/**
 * `patient_id`, then the left columns, then the right ones; a name of both gets `_x` on the left and `_y` on the
 * right. Flags and whole numbers of the right may be missing: not every patient is in that file. Problem:
 * join-names-meet, where a name with its ending is taken.
 */
export function joinedSchema(file: string, { left, right }: JoinedSchemas): CohortSchema {
  const [id, ...lefts] = left;
  const rights = right.slice(1).map(asOptional);
  if (id === undefined) throw new Error("a cohort has patient_id");
  const both = namesOf(lefts).filter((name) => namesOf(rights).includes(name));
  const joined = [
    id,
    ...lefts.map((column) => (both.includes(column.name) ? ended(column, "_x") : column)),
    ...rights.map((column) => (both.includes(column.name) ? ended(column, "_y") : column)),
  ];
  const names = namesOf(joined);
  const column = names.find((name, at) => names.indexOf(name) !== at);
  if (column !== undefined) fail("join-names-meet", { file, column });
  return joined;
}

function namesOf(columns: readonly CohortColumn[]): readonly string[] {
  return columns.map(({ name }) => name);
}

function ended(column: CohortColumn, ending: "_x" | "_y"): CohortColumn {
  return { ...column, name: `${column.name}${ending}` };
}

function asOptional(column: CohortColumn): CohortColumn {
  return column.type === "bool" || column.type === "int"
    ? { ...column, mayBeMissing: true }
    : column;
}
