/** Values of one column put together from batches of another file, row by row. */
import { unreachable } from "../../base/problems.ts";
import { NO_DATE, NO_FLAG } from "../cohort-schema.ts";
import type { BatchColumn, CohortColumn, ColumnValues } from "../cohort-schema.ts";

/** In place of a row: there is none, and the value is missing. */
export const NO_ROW = -1;

/** Places of the result, and for each of them the row that it is taken from. */
export interface TakenRows {
  readonly from: number;
  readonly to: number;
  /** By place. */
  readonly rows: Int32Array;
}

export interface ValueGatherer {
  /** Takes values of the batch; places that no call names are missing. */
  readonly take: (values: BatchColumn, taken: TakenRows) => void;
  readonly gathered: ColumnValues;
}

export function valueGatherer(column: CohortColumn, rows: number): ValueGatherer {
  switch (column.type) {
    case "bool":
      return plainGatherer("bool", new Uint8Array(rows).fill(NO_FLAG));
    case "int":
      return plainGatherer("int", new Float64Array(rows).fill(NaN));
    case "float":
      return plainGatherer("float", new Float64Array(rows).fill(NaN));
    case "date":
      return plainGatherer("date", new Int32Array(rows).fill(NO_DATE));
    case "str":
      return textGatherer(rows);
    default:
      return unreachable(column);
  }
}

type PlainValues = Exclude<ColumnValues, { readonly type: "str" }>;

function plainGatherer<Type extends PlainValues["type"]>(
  type: Type,
  out: Extract<PlainValues, { readonly type: Type }>["values"],
): ValueGatherer {
  return {
    gathered: { type, values: out } as ColumnValues,
    take: (values, { from, to, rows }) => {
      if (values.type !== type) throw new Error(`values of a column of type ${type}`);
      const source = values.values as Float64Array;
      for (let place = from; place < to; place++) {
        const row = rows[place] ?? NO_ROW;
        if (row !== NO_ROW) out[place] = source[row] ?? 0;
      }
    },
  };
}

/** Code 0 is the empty text. */
function textGatherer(length: number): ValueGatherer {
  const texts = [""];
  const codes = new Uint32Array(length);
  return {
    gathered: { type: "str", codes, values: texts },
    take: (values, { from, to, rows }) => {
      if (values.type !== "str") throw new Error("values of a column of texts");
      // 0 = not met in this batch.
      const own = new Uint32Array(values.values.length);
      for (let place = from; place < to; place++) {
        const row = rows[place] ?? NO_ROW;
        if (row === NO_ROW) continue;
        const code = values.codes[row] ?? 0;
        const text = values.values[code] ?? "";
        if (own[code] === 0 && text !== "") own[code] = texts.push(text) - 1;
        codes[place] = own[code] ?? 0;
      }
    },
  };
}
