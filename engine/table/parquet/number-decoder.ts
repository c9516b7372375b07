/** Numbers, flags and days of a parquet column. */
import type { DateFormat } from "../../base/dates.ts";
import { NOT_LISTED } from "../cohort-reader.ts";
import { copyFlags, noFlags } from "../columns/flag-bits.ts";
import type { Flags } from "../columns/flag-bits.ts";
import { fixedValues } from "../columns/fixed-values.ts";
import type { FixedType, NumberType } from "../columns/fixed-values.ts";
import type { DayOfInstant } from "../columns/instant-days.ts";
import type { TypedValues } from "../columns/typed-table.ts";
import { PLAIN, PLAIN_DICTIONARY, RUNS, RUNS_OF_CODES } from "./encodings.ts";
import { endOfRuns, hybridRuns, readRuns } from "./hybrid-runs.ts";
import type { HybridRuns } from "./hybrid-runs.ts";
import { codeRuns } from "./value-decoder.ts";
import type { DictionaryBytes, PageValues, ValueDecoder } from "./value-decoder.ts";

/** Missing is NaN. */
export function numberDecoder(
  type: FixedType,
  format: DateFormat,
  size: number,
  dayOf: DayOfInstant | null,
): ValueDecoder {
  const flags = noFlags(size);
  const out = flags.values;
  const codes = new Int32Array(size);
  const typed = typedValues(type, format, flags);
  let dictionary: Float64Array | null = null;
  let page: PageValues | null = null;
  return {
    ...{ typed, out, missing: NaN },
    useDictionary: (next) => {
      dictionary = next === null ? null : dictionaryNumbers({ type, dayOf }, next);
    },
    usePage: (encoding, bytes) => {
      page = pageNumbers({ type, dayOf, flags, out, codes, dictionary }, encoding, bytes);
    },
    read: (at, count) => page?.read(at, count),
    moved: () => {
      flags.nonZero.count = NOT_LISTED;
    },
    used: () => page?.used() ?? NaN,
  };
}

function typedValues(type: FixedType, format: DateFormat, flags: Flags): TypedValues {
  const { values } = flags;
  if (type.kind === "time") return { kind: "day", values, format };
  if (type.kind === "bool") return { kind: "number", of: "bool", ...flags };
  return { kind: "number", of: type.kind, values };
}

interface NumberColumn {
  readonly flags: Flags;
  readonly type: FixedType;
  /** Of moments. */
  readonly dayOf: DayOfInstant | null;
  readonly out: Float64Array;
  readonly codes: Int32Array;
  readonly dictionary: Float64Array | null;
}

function dictionaryNumbers(
  { type, dayOf }: Pick<NumberColumn, "type" | "dayOf">,
  { bytes, entries }: DictionaryBytes,
): Float64Array {
  if (type.kind === "bool" || (entries * type.bits) / 8 !== bytes.length) {
    throw new RangeError("a dictionary of another length");
  }
  const copy = fixedValues(bytes, type, entries, dayOf);
  if (copy === null) throw new RangeError("numbers of a width that there is not");
  const numbers = new Float64Array(entries);
  copy(0, entries, numbers);
  return numbers;
}

function pageNumbers(column: NumberColumn, encoding: number, bytes: Uint8Array): PageValues {
  const { type, dictionary } = column;
  if (encoding === PLAIN) {
    return type.kind === "bool" ? plainFlags(column, bytes) : plainNumbers(column, type, bytes);
  }
  if (encoding === RUNS && type.kind === "bool") return repeatedFlags(column, bytes);
  const coded = encoding === RUNS_OF_CODES || encoding === PLAIN_DICTIONARY;
  if (!coded) throw new RangeError("an encoding that the footer does not name");
  return codedNumbers(column, codeRuns(bytes), dictionary ?? NO_NUMBERS);
}

const NO_NUMBERS = new Float64Array(0);

function plainFlags({ flags }: NumberColumn, bytes: Uint8Array): PageValues {
  let from = 0;
  return {
    read: (at, count) => {
      if (from + count > bytes.length * 8) throw new RangeError("too few values");
      copyFlags(bytes, from, flags, { at, count });
      from += count;
    },
    used: () => Math.ceil(from / 8),
  };
}

function plainNumbers(
  { out, dayOf }: NumberColumn,
  type: NumberType,
  bytes: Uint8Array,
): PageValues {
  const { bits } = type;
  const most = Math.floor((bytes.length * 8) / bits);
  const copy = fixedValues(bytes, type, most, dayOf);
  let from = 0;
  return {
    read: (at, count) => {
      if (copy === null || from + count > most) throw new RangeError("too few values");
      copy(from, count, at === 0 ? out : out.subarray(at));
      from += count;
    },
    used: () => Math.ceil((from * bits) / 8),
  };
}

/** Their length in bytes stands in front. */
function repeatedFlags({ flags, out, codes }: NumberColumn, bytes: Uint8Array): PageValues {
  const length =
    bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const runs = hybridRuns(bytes, Math.min(4, bytes.length), Math.min(4, bytes.length) + length, 1);
  return {
    read: (at, count) => {
      readRuns(runs, codes, 0, count);
      for (let i = 0; i < count; i++) out[at + i] = codes[i] ?? 0;
      flags.nonZero.count = NOT_LISTED;
    },
    used: () => endOfRuns(runs),
  };
}

function codedNumbers(
  { out, codes }: NumberColumn,
  runs: HybridRuns,
  dictionary: Float64Array,
): PageValues {
  return {
    read: (at, count) => {
      readRuns(runs, codes, 0, count);
      lookUp(codes, dictionary, count === out.length ? out : out.subarray(at, at + count));
    },
    used: () => endOfRuns(runs),
  };
}

/** The loop sees nothing but arrays of numbers, and so is compiled once for all columns. */
function lookUp(codes: Int32Array, dictionary: Float64Array, out: Float64Array): void {
  const { length } = dictionary;
  for (let row = 0; row < out.length; row++) {
    const code = codes[row] ?? 0;
    if (code < 0 || code >= length) throw new RangeError("a code without a value");
    out[row] = dictionary[code] ?? 0;
  }
}
