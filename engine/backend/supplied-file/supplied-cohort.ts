/** The cohort in a supplied file, as one that was made here: what is written can be measured. */
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { CohortBatch } from "../../table/cohort-schema.ts";
import { mustFit } from "../../table/csv/text-limits.ts";
import { readTable } from "../../table/read-table.ts";
import { addCell, batchOf, nothingGathered } from "./gathered-rows.ts";
import type { Gathered } from "./gathered-rows.ts";
import { numberColumns, suppliedColumns } from "./supplied-columns.ts";

const ROWS_AT_ONCE = 8192;

/** How patients follow each other in a file; of an unknown order, whether the file is right is not known either. */
export type PatientsOrder = "ascending" | "any" | "unknown";

/** Of a file that was hoped to be right; the check says why it is not. */
export const UNCHECKED = "the supplied file is to be checked";

/**
 * The rows of a file in batches, columns in the order of the study, patients ascending. Memory holds a batch; of a
 * file whose patients come in any order, all of it. Of an unknown order, what `validateDummyFile` would refuse is an
 * error too, and so are patients who do not ascend. Problem: dummy-file-value, otherwise only where the file was
 * changed since its check.
 */
export async function* suppliedBatches(
  study: CheckedStudy,
  path: string,
  order: PatientsOrder,
): AsyncGenerator<CohortBatch> {
  const columns = suppliedColumns(study, path);
  let fields: readonly number[] = [];
  let gathered = nothingGathered(columns);
  let [rows, last] = [0, -Infinity];
  for await (const { row, cells } of readTable(path, numberColumns(columns))) {
    if (fields.length === 0) {
      fields = columns.map(({ column }) => cells.indexOf(column.name));
      if (order === "unknown") mustBeThose(cells, fields);
      continue;
    }
    gathered.forEach((each, at) => {
      addCell(each, cells[fields[at] ?? -1] ?? "", { file: path, row });
    });
    if (order === "unknown") last = mustFollow(last, gathered[0]?.values[rows]);
    rows++;
    if (order === "any") mustAllFit(gathered, path);
    else if (rows === ROWS_AT_ONCE || isLarge(gathered)) {
      yield batchOf(gathered, rows);
      gathered = nothingGathered(columns);
      rows = 0;
    }
  }
  if (rows > 0) yield order === "any" ? sorted(gathered, rows) : batchOf(gathered, rows);
}

/** As many as the study's, and each of those is there: so none is twice there, and none too many. */
export function mustBeThose(header: readonly string[], fields: readonly number[]): void {
  if (header.length !== fields.length || fields.includes(-1)) throw new Error(UNCHECKED);
}

export function mustFollow(last: number, id = NaN): number {
  if (!(id > last)) throw new Error(UNCHECKED);
  return id;
}

function mustAllFit(gathered: readonly Gathered[], file: string): void {
  for (const { characters, column } of gathered) {
    mustFit(characters, () => ({ file, column: column.name }));
  }
}

/** Long texts make a batch before it has its rows. */
function isLarge(gathered: readonly Gathered[]): boolean {
  return gathered.some(({ characters }) => characters > 1 << 24);
}

function sorted(gathered: readonly Gathered[], rows: number): CohortBatch {
  const ids = gathered[0]?.values ?? [];
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  order.sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0));
  const inOrder = gathered.map((each) => ({
    ...each,
    values: Array.from(order, (row) => each.values[row] ?? 0),
  }));
  return batchOf(inOrder, rows);
}
