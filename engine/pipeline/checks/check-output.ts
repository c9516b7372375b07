/** What a file must be to be moderately sensitive. spec/pipeline.md 2.6. */
import { readFileSync, statSync } from "node:fs";
import { extensionOf, moderateTypes } from "../project/output-pattern.ts";
import { idColumn, nhsNumberColumn, resemblance } from "./patient-table.ts";
import type { HeldTable } from "./patient-table.ts";
import { patientsInText } from "./patient-text.ts";
import { eachRow } from "./table-size.ts";
import type { TableSize } from "./table-size.ts";

export const MOST_BYTES = 16 * 1024 * 1024;
export const MOST_ROWS = 5_000;

export interface OutputToCheck {
  /** Where it lies. */
  readonly file: string;
  /** Its declared path, for its type. */
  readonly path: string;
  /** Null where it is not a table. */
  readonly size: TableSize | null;
  /** The engine itself knows that each row is a patient. */
  readonly patientLevel: boolean;
  /** The engine itself made it, from cohorts: its structure is known. */
  readonly madeByEngine: boolean;
  /** Tables of patients that the action could read. */
  readonly patients: readonly string[];
}

/** Why the file must not be where researchers can see it, as "it …"; null where it may. */
export async function reasonToWithhold(output: OutputToCheck): Promise<string | null> {
  const { file, path, size, patientLevel } = output;
  const type = extensionOf(path);
  if (!moderateTypes.some((known) => known === type)) {
    return `is of a type that cannot be moderately_sensitive (${type === "" ? "none" : type})`;
  }
  const { size: bytes } = statSync(file);
  if (bytes > MOST_BYTES) return `has ${bytes} bytes; at most ${MOST_BYTES} are allowed`;
  if (size !== null && size.rows > MOST_ROWS) {
    return `has ${size.rows} rows; at most ${MOST_ROWS} are allowed`;
  }
  if (patientLevel) return "has a row for each patient";
  if (type === ".csv") return patientsInTable(output);
  return patientsInText(type, readFileSync(file, "utf8"));
}

async function patientsInTable(output: OutputToCheck): Promise<string | null> {
  const table = await heldTable(output.file);
  const named = idColumn(table.header);
  if (named !== null) return `has the column ${named}`;
  const numbers = nhsNumberColumn(table);
  if (numbers !== null) return `holds NHS numbers in the column ${numbers}`;
  if (output.madeByEngine) return null;
  for (const patients of output.patients) {
    const { ids, copied } = await resemblance(table, patients);
    if (ids !== null) return `holds patients' numbers in the column ${ids}`;
    if (copied !== null) return `has a row for each patient: its column ${copied} is theirs`;
  }
  return null;
}

async function heldTable(file: string): Promise<HeldTable> {
  const rows: (readonly string[])[] = [];
  await eachRow(file, (cells) => {
    rows.push(cells);
  });
  const [header = [], ...body] = rows;
  return { header: header.map((name) => name.replace(/^\uFEFF/, "").trim()), rows: body };
}
