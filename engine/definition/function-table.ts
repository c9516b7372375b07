/** Every `patients.*` function: its arguments, its `returning` values, its type. */
import { combining } from "./functions/combining.ts";
import { datasets } from "./functions/datasets.ts";
import { demographics } from "./functions/demographics.ts";
import { events } from "./functions/events.ts";
import { secondaryCare } from "./functions/secondary-care.ts";
import type { FunctionShape } from "./functions/shape.ts";

export const functionTable = {
  ...demographics,
  ...events,
  ...datasets,
  ...secondaryCare,
  ...combining,
} as const satisfies Record<string, FunctionShape>;

export type FunctionName = keyof typeof functionTable;

export const functionNames = Object.keys(functionTable) as readonly FunctionName[];

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functionTable, name);
}

export function shapeOf(name: FunctionName): FunctionShape {
  return functionTable[name];
}
