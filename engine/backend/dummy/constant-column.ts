/** A column with one value for everybody. */
import { parseIsoDate, toDayNumber } from "../../base/dates.ts";
import type { ValueType } from "../../base/value-types.ts";
import { NO_DATE } from "../../table/cohort-schema.ts";
import type { ColumnValues } from "../../table/cohort-schema.ts";

/** `value` is of the type as `check` has decided it from the value. */
export function constantColumn(type: ValueType, value: unknown, rows: number): ColumnValues {
  switch (type) {
    case "bool":
      return { type, values: new Uint8Array(rows).fill(Number(value)) };
    case "int":
    case "float":
      return { type, values: new Float64Array(rows).fill(Number(value)) };
    case "date": {
      const date = parseIsoDate(String(value));
      return {
        type,
        values: new Int32Array(rows).fill(date === null ? NO_DATE : toDayNumber(date)),
      };
    }
    case "str":
      return { type, codes: new Uint32Array(rows), values: [String(value)] };
  }
}
