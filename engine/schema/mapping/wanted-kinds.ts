/** What a field of each type may be made of. */
import type { FieldType } from "../contract.ts";
import type { Kinds } from "./form.ts";

/** A day in the place of a time has no time of day. */
const wantedKinds: { readonly [T in FieldType]: Kinds } = {
  id: ["int"],
  int: ["int"],
  real: ["real", "int"],
  text: ["text"],
  code: ["text"],
  flag: ["bit"],
  date: ["date"],
  datetime: ["datetime", "date"],
};

export function wanted(type: FieldType): Kinds {
  return wantedKinds[type];
}
