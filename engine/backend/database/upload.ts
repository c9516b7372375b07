/** Codelists and files of values as tables of the session, so that no statement grows with them. */
import { unreachable } from "../../base/problems.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import type { ValueFile } from "../../plan/model/rows.ts";
import { areLongIds } from "../../schema/provision.ts";
import { NO_DATE } from "../../table/cohort-schema.ts";
import type { ColumnValues } from "../../table/cohort-schema.ts";
import { fileColumn } from "../supplied-file/file-column.ts";
import { readPatientFile } from "../supplied-file/patient-file.ts";
import { readLongPatientId, readPatientId } from "../supplied-file/read-cell.ts";
import type { PatientId, ReadFile } from "../supplied-file/patient-file.ts";
import type { Records } from "./records.ts";
import type { Cell, Session, UploadedKind } from "./session.ts";

type From = Pick<Records, "session" | "dialect" | "provider">;

/** All that statements of a plan read and the records do not hold. Problems: those of `readPatientFile` and `fileColumn`. */
export async function uploadInputs(
  plan: CohortPlan,
  { session, dialect, provider }: From,
  readFile: ReadFile,
): Promise<void> {
  const reading = { readFile, hasLongIds: areLongIds(provider) };
  for (const table of dialect.codelists.tables(plan.codelists)) await session.upload(table);
  for (const file of plan.files) await uploadFile(session, file, reading);
}

/** The names of its tables. */
export function inputTables(
  plan: CohortPlan,
  { dialect }: Pick<From, "dialect">,
): readonly string[] {
  return [...dialect.codelists.tables(plan.codelists), ...plan.files].map(({ name }) => name);
}

const kinds: { readonly [T in ValueType]: UploadedKind } = {
  bool: "int",
  int: "real",
  float: "real",
  str: "text",
  date: "date",
};

async function uploadFile(
  session: Session,
  { name, path, column, type }: ValueFile,
  { readFile, hasLongIds }: { readonly readFile: ReadFile; readonly hasLongIds: boolean },
): Promise<void> {
  const readId = hasLongIds ? readLongPatientId : readPatientId;
  const file = await readPatientFile(path, readFile, readId);
  const ids = [...file.rows.keys()];
  const values = fileColumn({ column, type }, file, ids);
  const columns = { patient_id: "int", value: kinds[type] } as const;
  await session.upload({ name, columns, rows: rowsOf(ids, values) });
}

function* rowsOf(ids: readonly PatientId[], values: ColumnValues): Generator<readonly Cell[]> {
  for (const [row, id] of ids.entries()) yield [id, valueAt(values, row)];
}

function valueAt(values: ColumnValues, row: number): Cell {
  switch (values.type) {
    case "bool":
    case "int":
    case "float":
      return values.values[row] ?? 0;
    case "date": {
      const day = values.values[row] ?? NO_DATE;
      return day === NO_DATE ? null : day;
    }
    case "str":
      return values.values[values.codes[row] ?? 0] ?? "";
    default:
      return unreachable(values);
  }
}
