/** Of which columns the values are read directly, and as what. */
import type { FixedType } from "../columns/fixed-values.ts";
import { DATE, INTEGER, STRING, TIMESTAMP } from "./schema-element.ts";
import type { LogicalType, SchemaElement } from "./schema-element.ts";

export type ValueType = FixedType | { readonly kind: "text" };

const BOOLEAN = 0;
const INT32 = 1;
const INT64 = 2;
const FLOAT = 4;
const DOUBLE = 5;
const BYTE_ARRAY = 6;

/** Older words for what values mean. */
const UTF8 = 0;
const DAYS = 6;
const MILLISECONDS = 9;
const MICROSECONDS = 10;
const UNSIGNED_8 = 11;
const UNSIGNED_64 = 14;
const SIGNED_64 = 18;

const SECONDS_PER_DAY = 86_400;

/** Null where DuckDB is to read the column, or to say what is wrong with it. */
export function valueType(element: SchemaElement): ValueType | null {
  const { physical, converted, logical } = element;
  const bare = converted === null && logical === null;
  switch (physical) {
    case BOOLEAN:
      return bare ? { kind: "bool" } : null;
    case INT32:
      return wholeType(element, 32);
    case INT64:
      return wholeType(element, 64);
    case FLOAT:
      return bare ? { kind: "float", bits: 32 } : null;
    case DOUBLE:
      return bare ? { kind: "float", bits: 64 } : null;
    case BYTE_ARRAY:
      return isText(element) ? { kind: "text" } : null;
    default:
      return null;
  }
}

function isText({ converted, logical }: SchemaElement): boolean {
  return logical === null ? converted === UTF8 : logical.kind === STRING;
}

/** Where both words are there, the newer one says more. */
function wholeType({ converted, logical }: SchemaElement, bits: 32 | 64): ValueType | null {
  if (logical !== null) return logicalType(logical, bits);
  if (converted === null) return { kind: "int", bits, signed: true };
  if (converted === DAYS) return bits === 32 ? { kind: "time", bits, perDay: 1 } : null;
  if (converted === MILLISECONDS || converted === MICROSECONDS) {
    return bits === 64 ? timeType(converted - MILLISECONDS + 1) : null;
  }
  const whole = converted >= UNSIGNED_8 && converted <= SIGNED_64;
  return whole ? { kind: "int", bits, signed: converted > UNSIGNED_64 } : null;
}

function logicalType(logical: LogicalType, bits: 32 | 64): ValueType | null {
  switch (logical.kind) {
    case DATE:
      return bits === 32 ? { kind: "time", bits, perDay: 1 } : null;
    case TIMESTAMP:
      return bits === 64 ? timeType(logical.unit, logical.instant) : null;
    case INTEGER:
      // Of a narrower number the upper bits are those of its sign.
      return logical.bits <= bits ? { kind: "int", bits, signed: logical.signed } : null;
    default:
      return null;
  }
}

function timeType(unit: number, instant = false): ValueType | null {
  if (!(unit >= 1 && unit <= 3)) return null;
  const perDay = SECONDS_PER_DAY * 1000 ** unit;
  // Which zone it is, the schema does not say.
  return { kind: "time", bits: 64, perDay, ...(instant ? { zone: "UTC" } : {}) };
}
