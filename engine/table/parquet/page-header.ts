/** What stands in front of a page: its kind, its lengths, how its values are encoded. */
import { countField, flagField, numberField, readFields, structField } from "./thrift.ts";
import type { ThriftBytes } from "./thrift.ts";

/** Lengths are in bytes, of what follows the header. */
export interface PageHeader {
  readonly kind: "data" | "dictionary" | "other";
  readonly packed: number;
  readonly unpacked: number;
  /** Missing ones too; of a dictionary, its entries. */
  readonly values: number;
  readonly encoding: number;
  /** Of the newer kind of data page: its levels stand in front, not packed. */
  readonly levels: SeparateLevels | null;
  /** How the older kind encodes which values are missing. */
  readonly levelEncoding: number;
}

export interface SeparateLevels {
  readonly missing: number;
  readonly repetitionBytes: number;
  readonly definitionBytes: number;
  /** Whether the values behind them are packed. */
  readonly valuesPacked: boolean;
}

const DATA = 0;
const DICTIONARY = 2;
const NEWER_DATA = 3;

/** Reads one, and moves behind it. A RangeError where the bytes are none, or end before it does. */
export function readPageHeader(source: ThriftBytes): PageHeader {
  const numbers = new Map<number, number>();
  let inner: InnerHeader | null = null;
  readFields(source, (field, type) => {
    if (field <= 3) numbers.set(field, countField(source, type));
    else if (field === 5) inner = readInner(source, type, DATA);
    else if (field === 7) inner = readInner(source, type, DICTIONARY);
    else if (field === 8) inner = readInner(source, type, NEWER_DATA);
    return field !== 4 && field !== 6 && field <= 8;
  });
  const kind = numbers.get(1);
  const [unpacked, packed] = [numbers.get(2), numbers.get(3)];
  if (kind === undefined || unpacked === undefined || packed === undefined) {
    throw new RangeError("a page without its lengths");
  }
  return { packed, unpacked, ...described(kind, inner) };
}

interface InnerHeader {
  readonly of: number;
  readonly numbers: ReadonlyMap<number, number>;
  readonly valuesPacked: boolean;
}

/** The older data page has values, encoding and level encodings; the newer one more, in another order. */
function readInner(source: ThriftBytes, type: number, of: number): InnerHeader {
  const numbers = new Map<number, number>();
  let valuesPacked = true;
  const last = of === DATA ? 4 : of === DICTIONARY ? 2 : 6;
  structField(source, type, (field, inner) => {
    if (of === NEWER_DATA && field === 7) valuesPacked = flagField(inner);
    else if (field <= last) numbers.set(field, numberField(source, inner));
    else return false;
    return true;
  });
  return { of, numbers, valuesPacked };
}

function described(
  kind: number,
  inner: InnerHeader | null,
): Omit<PageHeader, "packed" | "unpacked"> {
  const bare = { levels: null, levelEncoding: 0 };
  if (kind !== DATA && kind !== DICTIONARY && kind !== NEWER_DATA) {
    return { kind: "other", values: 0, encoding: 0, ...bare };
  }
  if (inner?.of !== kind) throw new RangeError("a page without a description");
  const of = counts(inner);
  const values = of(1);
  if (kind === DICTIONARY) return { kind: "dictionary", values, encoding: of(2), ...bare };
  if (kind === DATA) {
    return { kind: "data", values, encoding: of(2), levels: null, levelEncoding: of(3) };
  }
  // It counts rows too, and in columns that are not nested those are the same.
  if (of(3) !== values) throw new RangeError("a page whose counts contradict each other");
  const lengths = { definitionBytes: of(5), repetitionBytes: of(6) };
  const levels = { missing: of(2), ...lengths, valuesPacked: inner.valuesPacked };
  return { kind: "data", values, encoding: of(4), levels, levelEncoding: 0 };
}

function counts({ numbers }: InnerHeader): (field: number) => number {
  return (field) => {
    const count = numbers.get(field) ?? NaN;
    if (!(count >= 0)) throw new RangeError("a page without its counts");
    return count;
  };
}
