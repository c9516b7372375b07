/** `satisfying` and `categorised_as` on dummy values: the first rule that holds in a row decides. */
import { isoDateOf, toDayNumber } from "../../../base/dates.ts";
import type { ValueType } from "../../../base/value-types.ts";
import type { ColumnValues } from "../../../table/cohort-schema.ts";
import { holdingRows } from "./holding-rows.ts";
import type { Scope } from "./holding-rows.ts";

/** Problem: division-by-zero. */
export function chosenCategories(scope: Scope, rows: number): ColumnValues {
  const { rules, type } = scope.owner;
  const all = rules ?? [];
  const otherwise = all.findIndex(({ when }) => when === null);
  const places = new Uint32Array(rows).fill(Math.max(otherwise, 0));
  const open = new Uint8Array(rows).fill(1);
  for (const [place, { when }] of all.entries()) {
    if (when === null) continue;
    const holds = holdingRows(when, open, scope);
    for (let row = 0; row < rows; row++) {
      if (holds[row] === 0) continue;
      places[row] = place;
      open[row] = 0;
    }
  }
  return asValues(
    type,
    all.map(({ value }) => value),
    places,
  );
}

/** Row by row the value at its place. */
function asValues(
  type: ValueType,
  values: readonly (number | string)[],
  places: Uint32Array,
): ColumnValues {
  switch (type) {
    case "bool":
      return { type, values: fill(new Uint8Array(places.length), values.map(Number), places) };
    case "int":
    case "float":
      return { type, values: fill(new Float64Array(places.length), values.map(Number), places) };
    case "date": {
      const days = values.map((value) => toDayNumber(isoDateOf(String(value))));
      return { type, values: fill(new Int32Array(places.length), days, places) };
    }
    case "str": {
      const words = [...new Set(values.map(String))];
      const codes = values.map((value) => words.indexOf(String(value)));
      return { type, codes: fill(new Uint32Array(places.length), codes, places), values: words };
    }
  }
}

function fill<Numbers extends Uint8Array | Uint32Array | Int32Array | Float64Array>(
  result: Numbers,
  values: readonly number[],
  places: Uint32Array,
): Numbers {
  for (let row = 0; row < result.length; row++) result[row] = values[places[row] ?? 0] ?? 0;
  return result;
}
