/** A printed cell that nobody can work out. There are many, so name and figures are made when they are asked for. */
import type { AuditedCell } from "./audit-result.ts";
import type { CellName } from "./describe/cell-name.ts";
import type { Figure } from "./model/printed-cells.ts";
import type { PrintedTarget } from "./model/targets.ts";

/** The same for all cells of a class. */
export type FoundSafe = Required<Pick<AuditedCell, "min" | "max" | "witnesses" | "proof">> &
  Pick<AuditedCell, "values">;

export class SafeCell implements AuditedCell {
  declare readonly values?: readonly number[];
  readonly #target: PrintedTarget;
  readonly #found: FoundSafe;

  constructor(target: PrintedTarget, found: FoundSafe) {
    this.#target = target;
    this.#found = found;
    if (found.values !== undefined) this.values = found.values;
  }

  get min(): number {
    return this.#found.min;
  }

  get max(): number | null {
    return this.#found.max;
  }

  get witnesses(): number {
    return this.#found.witnesses;
  }

  get proof(): string {
    return this.#found.proof;
  }

  /** Where it is printed first. */
  get first(): Figure {
    return this.#target.first;
  }

  /** Made once for all of it. */
  get name(): CellName {
    return this.#target.name;
  }

  get of(): "cell" {
    return "cell";
  }

  get verdict(): "safe" {
    return "safe";
  }

  get unsafe(): false {
    return false;
  }

  get quantity(): string {
    return this.first.own.column.name;
  }

  get date(): string {
    return this.first.own.table.date;
  }

  get study(): string {
    return this.#target.world.study;
  }

  get data(): string {
    return this.#target.world.data;
  }

  get groups(): Readonly<Record<string, string>> {
    return this.#target.name.groups;
  }

  get figures(): readonly string[] {
    return this.#target.figures;
  }

  toJSON(): AuditedCell {
    const { name, figures } = this.#target;
    return { ...name, figures, ...this.#found, verdict: "safe", unsafe: false };
  }
}
