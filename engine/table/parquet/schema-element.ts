/** One entry of a parquet file's schema. */
import { flagField, numberField, structField, textField } from "./thrift.ts";
import type { ThriftBytes } from "./thrift.ts";

export interface SchemaElement {
  readonly name: string;
  /** The number of its type; null for a group of others. */
  readonly physical: number | null;
  /** How many entries that follow are directly in it. */
  readonly children: number;
  /** 0 = required, 1 = optional, 2 = repeated. */
  readonly repetition: number;
  /** What values mean, in the older words, by number; null = as they are. */
  readonly converted: number | null;
  readonly logical: LogicalType | null;
}

/** What values mean, in the newer words. */
export interface LogicalType {
  /** Its number among the kinds. */
  readonly kind: number;
  /** Of timestamps: a moment, which is another day in each time zone. */
  readonly instant: boolean;
  /** Of timestamps: units to a second as a power of 1000; NaN where it is none. */
  readonly unit: number;
  /** Of whole numbers. */
  readonly bits: number;
  readonly signed: boolean;
}

/** Throws a RangeError where the bytes are none. */
export function readElement(source: ThriftBytes, type: number): SchemaElement {
  const names: string[] = [];
  let logical: LogicalType | null = null;
  const numbers = new Map<number, number>();
  structField(source, type, (field, inner) => {
    if (field === 4) names.push(textField(source, inner));
    else if (field === 10) logical = readLogicalType(source, inner);
    else if (NUMBERS.has(field)) numbers.set(field, numberField(source, inner));
    return field === 4 || field === 10 || NUMBERS.has(field);
  });
  const [name] = names;
  if (name === undefined) throw new RangeError("a column without a name");
  const children = numbers.get(5) ?? 0;
  if (children < 0) throw new RangeError("fewer columns than none");
  return {
    name,
    physical: children > 0 ? null : (numbers.get(1) ?? null),
    children,
    repetition: numbers.get(3) ?? 0,
    converted: numbers.get(6) ?? null,
    logical,
  };
}

/** Type, repetition, number of children, converted type. */
const NUMBERS: ReadonlySet<number> = new Set([1, 3, 5, 6]);

/** Kinds that have a meaning here. */
export const STRING = 1;
export const DATE = 6;
export const TIMESTAMP = 8;
export const INTEGER = 10;

function readLogicalType(source: ThriftBytes, type: number): LogicalType | null {
  let logical: LogicalType | null = null;
  structField(source, type, (kind, inner) => {
    let [instant, unit, bits, signed] = [false, NaN, 0, false];
    structField(source, inner, (field, each) => {
      if (kind === TIMESTAMP && field === 1) instant = flagField(each);
      else if (kind === TIMESTAMP && field === 2) unit = readUnit(source, each);
      else if (kind === INTEGER && field === 1) bits = numberField(source, each);
      else if (kind === INTEGER && field === 2) signed = flagField(each);
      else return false;
      return true;
    });
    logical = { kind, instant, unit, bits, signed };
    return true;
  });
  return logical;
}

/** Milliseconds, microseconds and nanoseconds are 1, 2 and 3. */
function readUnit(source: ThriftBytes, type: number): number {
  let unit = NaN;
  structField(source, type, (field) => {
    unit = field;
    return false;
  });
  return unit;
}
