/** The arguments of every `patients.*` function as the recorder in Python needs them. */
import { functionTable } from "../definition/function-table.ts";
import type { FunctionShape } from "../definition/functions/shape.ts";

/** JSON: by function, its arguments in positional order, each with its kind. */
export function signaturesJson(): string {
  const shapes: Readonly<Record<string, FunctionShape>> = functionTable;
  const signatures = Object.entries(shapes).map(([name, { args }]) => [
    name,
    Object.entries(args).map(([argument, { kind }]) => [argument, kind]),
  ]);
  return JSON.stringify(Object.fromEntries(signatures));
}
