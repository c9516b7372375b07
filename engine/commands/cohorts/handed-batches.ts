/** Batches of a cohort handed from the thread that reads them to one that writes them. */
import type { MessagePort } from "node:worker_threads";
import type { BatchColumn, CohortBatch } from "../../table/cohort-schema.ts";

/** A batch as it crosses: of a list of words only those that the other side does not have yet. */
export interface HandedBatch {
  readonly rows: number;
  readonly columns: readonly HandedColumn[];
}

type HandedColumn =
  | Exclude<BatchColumn, { readonly type: "str" }>
  | {
      readonly type: "str";
      readonly codes: Uint32Array;
      readonly words: readonly string[];
      /** Whether they follow those that came before. */
      readonly isMore: boolean;
    };

/** A batch, the end of them, or that the work is not wanted any more. */
export type Handed = HandedBatch | "end" | "stop";

/** Makes batches ready for one file. The arrays given stay whole: those that cross are copies. */
export function batchHander(): (batch: CohortBatch) => HandedBatch {
  const known: { list: readonly string[]; sent: number }[] = [];
  return ({ rows, columns }) => ({
    rows,
    columns: columns.map((column, at): HandedColumn => {
      if (column.type !== "str") return firstRows(column, rows);
      const { values: list, codes } = column;
      const isMore = known[at]?.list === list;
      const from = isMore ? (known[at]?.sent ?? 0) : 0;
      known[at] = { list, sent: list.length };
      return { type: "str", codes: codes.slice(0, rows), words: list.slice(from), isMore };
    }),
  });
}

/** A copy, in the size of its rows. */
export function firstRows<Column extends Exclude<BatchColumn, { type: "str" }>>(
  column: Column,
  rows: number,
): Column {
  return { ...column, values: column.values.slice(0, rows) };
}

/** What crosses without being copied once more. */
export function buffersOf({ columns }: HandedBatch | CohortBatch): ArrayBuffer[] {
  return columns.map(
    (column) => (column.type === "str" ? column.codes : column.values).buffer as ArrayBuffer,
  );
}

/** The batches that come through the port, each acknowledged when the next one is asked for. */
export async function* handedBatches(port: MessagePort): AsyncGenerator<CohortBatch | "stop"> {
  const waiting: Handed[] = [];
  let wake: () => void = () => undefined;
  port.on("message", (message: Handed) => {
    waiting.push(message);
    wake();
  });
  const lists: string[][] = [];
  for (;;) {
    const next = waiting.shift();
    if (next === undefined) {
      await new Promise<void>((resolve) => (wake = resolve));
      continue;
    }
    if (next === "end") return;
    // What was sent before it is not wanted either.
    if (next === "stop" || waiting.at(-1) === "stop") yield "stop";
    else {
      yield batchOf(next, lists);
      port.postMessage(next.rows);
    }
  }
}

function batchOf({ rows, columns }: HandedBatch, lists: string[][]): CohortBatch {
  return {
    rows,
    columns: columns.map((column, at): BatchColumn => {
      if (column.type !== "str") return column;
      const known = column.isMore ? lists[at] : undefined;
      const list = known ?? [];
      for (const each of column.words) list.push(each);
      lists[at] = list;
      return { type: "str", codes: column.codes, values: list };
    }),
  };
}
