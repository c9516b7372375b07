/** What it takes to write tables of ours into a database: all of them, or none. */
import type { PhysicalTable } from "../../schema/physical-table.ts";
import type { Outside } from "./records.ts";

export interface TableToWrite {
  readonly name: string;
  readonly columns: PhysicalTable;
  /** What is often asked by. */
  readonly indexes: readonly string[];
  /** The rows as csv without a header: what is missing is nothing, an empty text `""`. */
  readonly csv: () => Iterable<Uint8Array>;
}

export interface TablesToWrite {
  readonly tables: readonly TableToWrite[];
  /** Whether tables of these names may go. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  readonly onTable: () => void;
}

export interface WritingFrom {
  /** Where paths of the URL begin. */
  readonly workspace: string;
  readonly outside: Outside;
}

/** Problems: those of the URL, the login and the server, and that tables of these names are there. */
export interface TablesWriter {
  /** Before the tables are made, which takes long. */
  readonly refuseThere: (
    url: string,
    from: WritingFrom,
    asked: Pick<TablesToWrite, "force"> & { readonly names: readonly string[] },
  ) => Promise<void>;
  /** Nobody sees half of them. Gives whether all are there: not where the signal came first. */
  readonly write: (url: string, from: WritingFrom, asked: TablesToWrite) => Promise<boolean>;
}
