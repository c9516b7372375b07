/** Writing tables of any format: a cohort, or whatever other table. */
import type { CohortFormat } from "../base/file-names.ts";
import { openAtomicFile } from "../files/atomic-file.ts";
import type { AtomicFile, WrittenFile } from "../files/atomic-file.ts";
import type { CohortBatch, CohortSchema } from "./cohort-schema.ts";
import { withExactNumbers } from "./exact-numbers.ts";
import { inOrder } from "./in-order.ts";
import { inPatientOrder } from "./patient-order.ts";
import { withShownDays } from "./shown-days.ts";
import type { CohortRows, PieceWork } from "./table-format.ts";
import { tableFormat } from "./table-formats.ts";

export interface CohortToWrite {
  readonly path: string;
  readonly format: CohortFormat;
  readonly schema: CohortSchema;
  readonly batches: AsyncIterable<CohortBatch> | Iterable<CohortBatch>;
  /** Threads that encode pieces of it, where the format has pieces. */
  readonly work?: PieceWork | undefined;
  /** Hears the number of rows taken so far, after each batch. */
  readonly onRows?: (rows: number) => void;
}

export interface WrittenCohort extends WrittenFile {
  readonly rows: number;
}

/**
 * Writes one cohort; the file gets its name only when it is complete and no patient is in it twice.
 * Problems: duplicate-patients, and those
 * of `writeTable`; after any of them nothing is left under the name.
 */
export async function writeCohort(cohort: CohortToWrite): Promise<WrittenCohort> {
  const { path, schema, format, onRows, work } = cohort;
  let rows = 0;
  const count = (batch: number): void => {
    rows += batch;
    onRows?.(rows);
  };
  const batches = inPatientOrder(cohort.batches, path, count);
  const written = await writeTable({ path, format, schema, batches, work });
  return { rows, ...written };
}

export interface TableToWrite extends CohortRows {
  readonly path: string;
  readonly format: CohortFormat;
  readonly work?: PieceWork | undefined;
}

/** Values of pieces that are encoded at once, whatever their number. */
const VALUES_AT_ONCE = 33_554_432;

/**
 * The file gets its name only when it is complete. Of a date no more is written than its column shows. Problems: those of `openAtomicFile`, number-too-large
 * and of Stata files stata-number; after any of them nothing is left under the name.
 */
export async function writeTable(table: TableToWrite): Promise<WrittenFile> {
  const { path, format, schema, work } = table;
  const batches = withShownDays(schema, withExactNumbers(path, schema, table.batches));
  if (work !== undefined && hasPieces(format)) {
    const pieces = encoded(schema, batches, work);
    return writeEncoded({ path, format, schema, work, pieces });
  }
  return whole(path, (file) => tableFormat(format).write(file, { schema, batches }));
}

/** Whether rows of the format are encoded without those before them. */
function hasPieces(format: CohortFormat): boolean {
  return tableFormat(format).pieces !== undefined;
}

export interface EncodedTable extends Pick<TableToWrite, "path" | "format" | "schema"> {
  readonly work: PieceWork;
  /** What the format's encoder made of the rows. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** As `writeTable`, of rows that are encoded already. */
export function writeEncoded({
  path,
  format,
  schema,
  work,
  pieces,
}: EncodedTable): Promise<WrittenFile> {
  const { pieces: own } = tableFormat(format);
  if (own === undefined) throw new Error(`${format} has no pieces`);
  return whole(path, (file) => own.write(file, schema, pieces, work));
}

async function whole(
  path: string,
  write: (file: AtomicFile) => Promise<void>,
): Promise<WrittenFile> {
  const file = await openAtomicFile(path);
  try {
    await write(file);
    return await file.commit();
  } finally {
    await file.abandon();
  }
}

function encoded(
  schema: CohortSchema,
  batches: CohortRows["batches"],
  { encode, most }: PieceWork,
): AsyncIterable<Uint8Array> {
  const mostOf = ({ rows }: CohortBatch): number =>
    Math.min(most, Math.max(1, Math.floor(VALUES_AT_ONCE / (rows * schema.length))));
  return inOrder(batches, (batch) => encode(schema, batch), mostOf);
}
