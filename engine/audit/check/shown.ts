/** Which witnesses show what each cell can be. */
import type { CellName } from "../describe/cell-name.ts";
import type { Layout, Witness } from "./layout.ts";

/** A witness as it is, or with the numbers at two places of some layouts exchanged. */
export interface ShownBy {
  readonly witness: number;
  readonly exchange?: {
    readonly layouts: readonly number[];
    readonly places: readonly [number, number];
  };
}

export interface ShownCell {
  readonly name: CellName;
  readonly by: readonly ShownBy[];
}

/** Of the same patients. */
export interface Shown {
  readonly layouts: readonly Layout[];
  readonly witnesses: readonly Witness[];
  readonly cells: readonly ShownCell[];
}
