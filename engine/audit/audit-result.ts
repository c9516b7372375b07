/** What an audit says; `--json` prints it as it is, keys sorted. */
import type { CellName } from "./describe/cell-name.ts";
import type { RepairAction } from "./repair/repairs-file.ts";
import type { Attacker, Policy } from "./describe/description.ts";

export type Verdict = "exact" | "narrow" | "safe" | "undecided";

export interface AuditedCell extends CellName {
  /** `RELEASE/FILE:ROW:COLUMN`, rows from 1 below the header. */
  readonly figures: readonly string[];
  readonly min: number;
  /** Null where nothing limits it. */
  readonly max: number | null;
  /** Where some value between `min` and `max` is not possible, and these are not far apart. */
  readonly values?: readonly number[];
  readonly verdict: Verdict;
  readonly unsafe: boolean;
  /** Of one that can be worked out: the weakest who can do it. */
  readonly attacker?: Attacker;
  /**
   * Of a leak, which of `proofs`. Of a safe cell what its witnesses are: `patients` where there can be patients with
   * these numbers, `tables` where that is not known.
   */
  readonly proof?: string;
  /** Of a safe cell: how many witnesses the checker accepted. */
  readonly witnesses?: number;
}

export interface AuditProof {
  /** `shown`: the figures are the numbers themselves. */
  readonly kind: "shown" | "sum" | "chain" | "combination" | "cases";
  readonly figures: readonly string[];
  readonly steps: readonly { readonly says: string; readonly from: readonly string[] }[];
}

/** What a repair is the least of. */
export type RepairBy = (typeof repairsBy)[number];

export const repairsBy = ["figures", "files", "rounding"] as const;

/** Doing all of this makes everything releasable. */
export interface AuditRepair {
  readonly by: RepairBy;
  readonly actions: readonly RepairAction[];
  /**
   * What is lost: the logarithm of 1 + each number that is shown no more, and of how many numbers each rounded one can
   * be. As telling as these numbers.
   */
  readonly bits: number;
  /** What loses something: of figures, the different cells; otherwise numbers that are shown. */
  readonly cells: number;
  /** Measures of which something changes. */
  readonly files: number;
}

export interface Contradiction {
  /** The fewest that cannot all be true: `RELEASE/FILE DATE`. */
  readonly tables: readonly string[];
  /** Of these what disagrees, as far as it was narrowed down; none where only all of them together do. */
  readonly figures: readonly string[];
  /** In words, without a number of them; "" where there are no figures. */
  readonly says: string;
}

export interface AuditInput {
  readonly release: string;
  readonly file: string;
  readonly sha256: string;
  readonly measure: string;
  readonly patientLevel: boolean;
}

export interface AuditResult {
  readonly audit: 1;
  readonly releasable: boolean;
  readonly attacker: Attacker;
  readonly policy: Policy;
  readonly inputs: readonly AuditInput[];
  /** Equalities that were used besides sums, and where they come from. */
  readonly facts: readonly {
    readonly kind: string;
    readonly columns: readonly string[];
    readonly from: string;
  }[];
  readonly contradiction: Contradiction | null;
  readonly cells: readonly AuditedCell[];
  readonly proofs: Readonly<Record<string, AuditProof>>;
  readonly undecided: readonly CellName[];
  /** Those that were asked for and found, each audited to the end: first the one that loses least. */
  readonly repairs: readonly AuditRepair[];
  /** Files of which something is not in the model, and why. */
  readonly notModelled: readonly string[];
  readonly spent: { readonly components: number; readonly search: number };
}
