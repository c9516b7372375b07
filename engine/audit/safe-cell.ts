/** A printed cell that nobody can work out. There are many, so name and figures are made when they are asked for. */
import type { AuditedCell } from "./audit-result.ts";
import type { CellName } from "./describe/cell-name.ts";
import type { Target } from "./model/targets.ts";

type Found = Required<Pick<AuditedCell, "min" | "max" | "witnesses" | "proof">> &
  Pick<AuditedCell, "values">;

export class SafeCell implements AuditedCell {
  declare readonly values?: readonly number[];
  readonly min: number;
  readonly max: number | null;
  readonly witnesses: number;
  readonly proof: string;
  readonly #target: Target;

  constructor(target: Target, { min, max, witnesses, proof, values }: Found) {
    this.#target = target;
    [this.min, this.max, this.witnesses, this.proof] = [min, max, witnesses, proof];
    if (values !== undefined) this.values = values;
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
    return this.#target.name.quantity;
  }

  get date(): string {
    return this.#target.name.date;
  }

  get study(): string {
    return this.#target.name.study;
  }

  get data(): string {
    return this.#target.name.data;
  }

  get groups(): Readonly<Record<string, string>> {
    return this.#target.name.groups;
  }

  get figures(): readonly string[] {
    return this.#target.figures;
  }

  toJSON(): AuditedCell {
    const { min, max, witnesses, proof, values } = this;
    const found = { min, max, witnesses, proof, ...(values === undefined ? {} : { values }) };
    const { name, figures } = this.#target;
    return { ...name, figures, ...found, verdict: "safe", unsafe: false };
  }
}
