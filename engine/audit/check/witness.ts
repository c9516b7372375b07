/** Tables of true numbers that could stand behind what is printed. */
import type { PublishedTable } from "../describe/published-table.ts";

export interface WitnessTable {
  readonly table: PublishedTable;
  /** True numbers by column, one for each row. */
  readonly columns: ReadonlyMap<string, readonly number[]>;
}

/** All tables of one world. */
export type Witness = readonly WitnessTable[];
