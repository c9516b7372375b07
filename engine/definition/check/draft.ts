/** A column on its way through `check`, and the context its checks share. */
import type { Problem } from "../../base/problems.ts";
import type { FunctionName } from "../function-table.ts";
import type { Args, Expectations } from "../model.ts";

export interface Draft {
  readonly name: string;
  readonly function: FunctionName;
  readonly args: Args;
  readonly hidden: boolean;
  readonly expectations: Expectations | null;
  readonly place?: { readonly file: string; readonly line: number };
}

/** Collects, so that one `check` reports every problem. */
export interface Checking {
  readonly study: string;
  report(problem: Problem): void;
  /** The study can be used, but its author should know. */
  warn(warning: Problem): void;
}
