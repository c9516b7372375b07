/**
 * Feather and parquet for a guest, which has no reader of its own: the engine reads them here, where the guest may
 * read the file, and hands over a column at a time; what the guest wants written goes back to it as bytes.
 */
import { isRecord } from "../../base/is-record.ts";
import { ProblemError } from "../../base/problems.ts";
import { widthOf } from "../../table/buffers/column-buffers.ts";
import type { BufferTable, FilledColumn } from "../../table/buffers/column-buffers.ts";
import { columnHead, columnPieces, filledColumn } from "./column-frame.ts";
import { frameOf } from "./frame.ts";
import type { Frame } from "./frame.ts";

export interface TableQuestion extends Frame {
  /** The file that it names, as the guest calls it and as the machine does; null where it has none. */
  readonly file: NamedFile | null;
}

export interface NamedFile {
  readonly name: string;
  readonly real: string;
}

export interface TableDoor {
  /** Null where it is no question of tables. */
  readonly answer: (question: TableQuestion) => Promise<Uint8Array> | null;
  readonly close: () => Promise<void>;
}

interface Tables {
  /** Files that the engine itself wrote. */
  readonly byEngine: ReadonlySet<string>;
  readonly open: Map<number, BufferTable>;
  next: number;
  /** Columns of the table that is being written. */
  filled: FilledColumn[];
  filledBytes: number;
  /** Of the file that was made, what the guest has not been given yet. */
  made: Uint8Array;
}

type Answer = (
  tables: Tables,
  asked: Readonly<Record<string, unknown>>,
  question: TableQuestion,
) => Promise<Uint8Array> | Uint8Array;

/** `byEngine` are absolute paths of files that the engine itself wrote, and nobody since. */
export function tableDoor(byEngine: ReadonlySet<string>): TableDoor {
  const tables: Tables = {
    ...{ byEngine, open: new Map(), next: 1, filled: [], filledBytes: 0 },
    made: new Uint8Array(),
  };
  return {
    answer: (question) => {
      const { head } = question;
      const kind = isRecord(head) ? head["kind"] : undefined;
      const answer = typeof kind === "string" ? answers.get(kind) : undefined;
      if (answer === undefined || !isRecord(head)) return null;
      return answered(() => answer(tables, head, question), question.file);
    },
    close: async () => {
      for (const table of tables.open.values()) await table.close();
    },
  };
}

async function answered(
  answer: () => Promise<Uint8Array> | Uint8Array,
  file: NamedFile | null,
): Promise<Uint8Array> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const words = error.problems.map(({ message }) => message).join("; ");
    return told(file === null ? words : words.replaceAll(file.real, file.name));
  }
}

function told(error: string): Uint8Array {
  return frameOf({ error });
}

const NOT_BY_ENGINE =
  "of parquet the sandbox reads only what an action of cohortline's own made: write feather or csv.gz, or run the action with --python container";

/** Open at once: more are a program's mistake. */
const MOST_OPEN = 16;
/** Of the columns of one table that is written. */
const MOST_BYTES = 2 ** 31;
/** Of a file that goes to the guest. */
const PIECE_BYTES = 16 * 2 ** 20;

const answers: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ["table-open", openTable],
  ["table-column", readColumn],
  ["table-close", closeTable],
  ["table-begin", beginTable],
  ["table-put", putColumn],
  ["table-write", writeTable],
  ["table-more", nextPiece],
]);

async function openTable(
  tables: Tables,
  { format }: Readonly<Record<string, unknown>>,
  { file }: TableQuestion,
): Promise<Uint8Array> {
  if (file === null) return told("there is no such file");
  // DuckDB reads parquet, and is not in the box: bytes that a program chose must not reach it.
  if (format === "parquet" && !tables.byEngine.has(file.real)) return told(NOT_BY_ENGINE);
  if (tables.open.size >= MOST_OPEN) return told(`${MOST_OPEN} tables are open already`);
  const table = await opened(file.real, format);
  const id = tables.next++;
  tables.open.set(id, table);
  const { rows, columns, pandas } = table;
  return frameOf({ table: id, rows, columns, pandas });
}

async function opened(file: string, format: unknown): Promise<BufferTable> {
  if (format === "parquet") {
    const { openParquetBuffers } = await import("../../table/parquet/parquet-buffers.ts");
    return openParquetBuffers(file);
  }
  const { openFeatherBuffers } = await import("../../table/feather/feather-buffers.ts");
  return openFeatherBuffers(file);
}

async function readColumn(
  { open }: Tables,
  { table, column }: Readonly<Record<string, unknown>>,
): Promise<Uint8Array> {
  const from = typeof table === "number" ? open.get(table) : undefined;
  if (from === undefined || typeof column !== "number" || from.columns[column] === undefined) {
    return told("there is no such column");
  }
  const buffers = await from.read(column);
  return frameOf(columnHead(buffers), columnPieces(buffers));
}

async function closeTable(
  { open }: Tables,
  { table }: Readonly<Record<string, unknown>>,
): Promise<Uint8Array> {
  if (typeof table === "number") {
    await open.get(table)?.close();
    open.delete(table);
  }
  return frameOf({});
}

function beginTable(tables: Tables): Uint8Array {
  tables.filled = [];
  tables.filledBytes = 0;
  return frameOf({});
}

function putColumn(
  tables: Tables,
  { column }: Readonly<Record<string, unknown>>,
  { bytes }: TableQuestion,
): Uint8Array {
  tables.filledBytes += bytes.length;
  if (tables.filledBytes > MOST_BYTES) return told("a table above 2 GiB is not written");
  const filled = filledColumn(column, bytes);
  if (filled === null) return told("a column does not hold what it says");
  tables.filled.push(filled);
  return frameOf({});
}

function isAsLong(column: FilledColumn, rows: number): boolean {
  const width = widthOf(column);
  return Number.isSafeInteger(rows) && rows >= 0 && column.buffers.data.length === rows * width;
}

async function writeTable(
  tables: Tables,
  { rows, pandas }: Readonly<Record<string, unknown>>,
): Promise<Uint8Array> {
  const columns = tables.filled;
  if (typeof rows !== "number" || !columns.every((column) => isAsLong(column, rows))) {
    return told("the columns of a table are of one length");
  }
  const { featherOfBuffers } = await import("../../table/feather/buffers-writer.ts");
  const facts = typeof pandas === "string" ? pandas : "";
  tables.made = await featherOfBuffers({ rows, columns, pandas: facts });
  beginTable(tables);
  return frameOf({ bytes: tables.made.length });
}

function nextPiece(tables: Tables): Uint8Array {
  const piece = tables.made.subarray(0, PIECE_BYTES);
  tables.made = tables.made.subarray(PIECE_BYTES);
  return frameOf({}, [piece]);
}
