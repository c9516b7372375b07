/** All sum limits of a model in flat arrays, with what each can be at least and at most by the bounds of now. */
import type { SumLimit } from "../model/model.ts";

export class SumRows {
  /** Of each row: where its entries begin; one more for the end. */
  readonly start: Int32Array;
  readonly variables: Int32Array;
  readonly factors: Float64Array;
  readonly lo: Float64Array;
  readonly hi: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;

  constructor(rows: readonly SumLimit[]) {
    const entries = rows.reduce((sum, { variables }) => sum + variables.length, 0);
    this.start = new Int32Array(rows.length + 1);
    this.variables = new Int32Array(entries);
    this.factors = new Float64Array(entries);
    this.lo = Float64Array.from(rows, ({ lo }) => lo);
    this.hi = Float64Array.from(rows, ({ hi }) => hi);
    this.least = new Float64Array(rows.length);
    this.most = new Float64Array(rows.length);
    let at = 0;
    for (const [row, { variables, factors }] of rows.entries()) {
      this.variables.set(variables, at);
      this.factors.set(factors, at);
      at += variables.length;
      this.start[row + 1] = at;
    }
  }

  /** From the bounds as they are. */
  reset(lo: Float64Array, hi: Float64Array): void {
    for (let row = 0; row < this.least.length; row++) {
      let [least, most] = [0, 0];
      const end = this.start[row + 1] ?? 0;
      for (let at = this.start[row] ?? 0; at < end; at++) {
        const [variable, factor] = [this.variables[at] ?? 0, this.factors[at] ?? 0];
        const [l, h] = [lo[variable] ?? 0, hi[variable] ?? 0];
        least += factor > 0 ? factor * l : factor * h;
        most += factor > 0 ? factor * h : factor * l;
      }
      this.least[row] = least;
      this.most[row] = most;
    }
  }

  /** For all values within the bounds. */
  holds(row: number): boolean {
    return (
      (this.least[row] ?? 0) >= (this.lo[row] ?? 0) && (this.most[row] ?? 0) <= (this.hi[row] ?? 0)
    );
  }
}
