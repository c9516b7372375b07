/** `minimum_of` and `maximum_of` on dummy values, row by row. */
import { byCodePoint } from "../../base/value-types.ts";
import { NO_DATE } from "../../table/cohort-schema.ts";
import type { ColumnValues } from "../../table/cohort-schema.ts";

export type Extreme = "minimum_of" | "maximum_of";

type Values<Type extends ColumnValues["type"]> = Extract<ColumnValues, { type: Type }>;

export interface Aggregate {
  readonly extreme: Extreme;
  /**
   * Whether a 0 is a number like others. It is in columns drawn by themselves, as in the reference, whose
   * recorded cases pin it; in derived dummy data it is the empty value that it is in records.
   */
  readonly zeroCounts: boolean;
}

/**
 * The smallest or greatest value of each row; texts by code point. A missing text or date does not
 * count; where nothing counts the result is missing.
 */
export function aggregate(
  { extreme, zeroCounts }: Aggregate,
  sources: readonly ColumnValues[],
): ColumnValues {
  const [first] = sources;
  if (first === undefined) throw new Error(`${extreme} without sources`);
  const sign = extreme === "minimum_of" ? 1 : -1;
  const emptyNumber = zeroCounts ? null : 0;
  switch (first.type) {
    case "bool": {
      const all = ofType(sources, "bool").map(({ values }) => values);
      return {
        type: "bool",
        values: choose(all, new Uint8Array(first.values.length), emptyNumber, sign),
      };
    }
    case "int":
    case "float": {
      const all = ofType(sources, first.type).map(({ values }) => values);
      const values = choose(all, new Float64Array(first.values.length), emptyNumber, sign);
      return { type: first.type, values };
    }
    case "date": {
      const all = ofType(sources, "date").map(({ values }) => values);
      const values = choose(all, new Int32Array(first.values.length), NO_DATE, sign);
      return { type: "date", values };
    }
    case "str":
      return chooseTexts(ofType(sources, "str"), sign);
  }
}

function ofType<Type extends ColumnValues["type"]>(
  sources: readonly ColumnValues[],
  type: Type,
): readonly Values<Type>[] {
  return sources.map((source) => {
    if (source.type !== type) throw new Error(`${source.type} among sources of type ${type}`);
    return source as Values<Type>;
  });
}

/** `sign` 1 keeps the smallest, -1 the greatest. `empty` is what does not count, null = all count. */
function choose<Numbers extends Uint8Array | Uint32Array | Int32Array | Float64Array>(
  sources: readonly Numbers[],
  result: Numbers,
  empty: number | null,
  sign: 1 | -1,
): Numbers {
  const [first, ...others] = sources;
  if (first !== undefined) result.set(first);
  for (const values of others) {
    for (let row = 0; row < result.length; row++) {
      const value = values[row] ?? 0;
      if (value === empty) continue;
      const best = result[row] ?? 0;
      if (best === empty || sign * (value - best) < 0) result[row] = value;
    }
  }
  return result;
}

/** All words in one order, so that their places can be compared as numbers; "" comes first, as 0. */
function chooseTexts(sources: readonly Values<"str">[], sign: 1 | -1): ColumnValues {
  const distinct = new Set(sources.flatMap(({ values: words }) => words));
  const words = [...distinct.add("")].sort(byCodePoint);
  const places = new Map(words.map((word, place) => [word, place]));
  const ranked = sources.map((source) => {
    const rankOf = source.values.map((word) => places.get(word) ?? 0);
    return source.codes.map((code) => rankOf[code] ?? 0);
  });
  const codes = choose(ranked, new Uint32Array(ranked[0]?.length ?? 0), 0, sign);
  return { type: "str", codes, values: words };
}
