/** The columns of a study's cohort file. */
import type { CheckedStudy } from "../definition/checked-study.ts";
import type { CohortSchema } from "../table/cohort-schema.ts";

/** `patient_id`, then the visible columns in definition order. */
export function cohortSchema(study: CheckedStudy, hasLongIds = false): CohortSchema {
  const columns = new Map(study.columns.map((column) => [column.name, column]));
  const visible = study.output.map((name) => {
    const column = columns.get(name);
    if (column === undefined) throw new Error(`no column ${name} in ${study.name}`);
    const { type, dateFormat } = column;
    if (type !== "date") return { name, type };
    return { name, type, dateFormat: dateFormat ?? "YYYY-MM-DD" };
  });
  const id = { name: "patient_id", type: "int" } as const;
  return [hasLongIds ? { ...id, isLong: true } : id, ...visible];
}
