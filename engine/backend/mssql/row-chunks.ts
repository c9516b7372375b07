/** Rows as they come, as pieces of columns. */
import { ROWS_OF_A_CHUNK } from "../database/session.ts";
import type { ColumnChunk, TypedArray, TypedArrayType } from "../database/session.ts";
import type { Row } from "./connection.ts";
import { MssqlFault } from "./mssql-error.ts";

/** Pieces that are ready before whoever reads takes them: then the server waits. */
const MOST_WAITING = 8;

export interface RowPieces {
  /** False: enough for now. */
  readonly add: (row: Row) => boolean;
  /** No more rows; an error is given to whoever reads, behind the rows before it. */
  readonly end: (error: Error | null) => void;
  /** `resume` is called when there is room again. */
  readonly read: (resume: () => void) => AsyncGenerator<ColumnChunk>;
}

export function rowPieces(): RowPieces {
  const ready: (readonly Row[])[] = [];
  let gathering: Row[] = [];
  let ended: { readonly error: Error | null } | null = null;
  let wake: (() => void) | null = null;
  const tell = (): void => {
    wake?.();
    wake = null;
  };
  const push = (): void => {
    if (gathering.length === 0) return;
    ready.push(gathering);
    gathering = [];
    tell();
  };
  return {
    add: (row) => {
      gathering.push(row);
      if (gathering.length === ROWS_OF_A_CHUNK) push();
      return ready.length < MOST_WAITING;
    },
    end: (error) => {
      push();
      ended = { error };
      tell();
    },
    read: async function* (resume) {
      for (;;) {
        const rows = ready.shift();
        if (rows !== undefined) {
          if (ready.length < MOST_WAITING / 2) resume();
          yield chunk(rows);
        } else if (ended === null) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        } else if (ended.error !== null) throw ended.error;
        else return;
      }
    },
  };
}

/** A number that a piece cannot hold exactly is refused, as a `MssqlFault`. */
function chunk(rows: readonly Row[]): ColumnChunk {
  return {
    rows: rows.length,
    raw: <T extends TypedArray>(column: number, type: TypedArrayType<T>): T => {
      const to = new type(new ArrayBuffer(rows.length * type.BYTES_PER_ELEMENT), 0, rows.length);
      for (let i = 0; i < rows.length; i++) to[i] = numberIn(rows[i]?.[column]);
      return to;
    },
    values: (column) => rows.map((row) => row[column] ?? null),
  };
}

/** Whole numbers of 64 bits come as texts. */
function numberIn(cell: unknown): number {
  if (typeof cell === "number") return cell;
  const number = Number(cell);
  if (typeof cell === "string" && !Number.isSafeInteger(number))
    throw new MssqlFault({ kind: "number-range" });
  return number;
}
