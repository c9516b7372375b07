/** Measures that are not exported, out of untrusted JSON. */
import { isPlainObject } from "../plain-object.ts";
import type { Json, LeftOutMeasure } from "../model.ts";
import { readPlace } from "./read-place.ts";

/** They are named and never made, so that their other parts need not be right; what is no such thing is passed over. */
export function readLeftOut(value: Json | undefined): readonly LeftOutMeasure[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isPlainObject).map(({ id, exported_as: name, place }) => {
    const known = readPlace(place as Json | undefined, "left_out", { problems: [], values: 0 });
    return {
      id: typeof id === "string" ? id : "",
      exported_as: typeof name === "string" ? name : null,
      ...(known === null ? {} : { place: known }),
    };
  });
}
