/** What a function can return: the table's values, ISARIC columns, cluster trial properties. */
import type { ValueType } from "../../base/value-types.ts";
import { shapeOf } from "../function-table.ts";
import type { FunctionName } from "../function-table.ts";
import { isaricColumnTypes } from "../functions/isaric-columns.ts";
import { clusterTrialType } from "../functions/cluster-trials.ts";

export function supportedReturning(name: FunctionName): readonly string[] {
  if (name === "with_an_isaric_record") return Object.keys(isaricColumnTypes);
  return Object.keys(shapeOf(name).returning ?? {});
}

/** The type of the value that `returning` asks for, or null where the function does not know it. */
export function returningType(name: FunctionName, returning: string): ValueType | null {
  if (name === "with_an_isaric_record") return own(isaricColumnTypes, returning);
  const type = own(shapeOf(name).returning ?? {}, returning);
  return type ?? (name === "registered_practice_as_of" ? clusterTrialType(returning) : null);
}

function own(types: Readonly<Record<string, ValueType>>, name: string): ValueType | null {
  return Object.hasOwn(types, name) ? (types[name] ?? null) : null;
}
