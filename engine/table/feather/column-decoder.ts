/** One column of an Arrow file as typed values, batch after batch. */
import type { DateFormat } from "../../base/dates.ts";
import { dateFormats } from "../../base/dates.ts";
import { unreachable } from "../../base/problems.ts";
import { fail } from "../problems.ts";
import { NOT_LISTED } from "../cohort-reader.ts";
import type { CohortColumn } from "../cohort-schema.ts";
import type { CellPlace } from "../csv/cell-bytes.ts";
import { copyFlags, noFlags } from "../columns/flag-bits.ts";
import { fixedValues, view } from "../columns/fixed-values.ts";
import type { NumberType } from "../columns/fixed-values.ts";
import { instantDays } from "../columns/instant-days.ts";
import type { DayOfInstant } from "../columns/instant-days.ts";
import { MISSING_CODE } from "../columns/typed-table.ts";
import type { TypedValues } from "../columns/typed-table.ts";
import { brokenFeather } from "./arrow-file.ts";
import type { ArrowField, ArrowType } from "./arrow-schema.ts";
import { bufferOf } from "./batch-buffers.ts";
import type { ArrowBatch, FieldPlace } from "./batch-buffers.ts";
import { missingValues, nothingMissing } from "./missing-values.ts";
import { textDecoder } from "./text-decoder.ts";

/** Values of the rows from `from` on; arrays are reused by the next call. */
export type ReadRows = (from: number, count: number, place: RowPlace) => TypedValues;

/** Where a row of the piece is, for a problem. */
export type RowPlace = (at: number) => CellPlace;

/** Makes a column of a batch ready to be read. */
export type ColumnDecoder = (batch: ArrowBatch, place: FieldPlace, rows: number) => ReadRows;

/** The field's metadata in which the format of a date column is kept. */
export const DATE_FORMAT = "date_format";

/** The dictionary's words of a coded column; null = it is not in the file. */
export interface Words {
  readonly count: number;
  readonly textOf: (code: number, place: () => CellPlace) => string;
}

/** Problems: unsupported-column-type, and while reading broken-table and not-utf8-text. */
export function columnDecoder(
  file: string,
  field: ArrowField,
  words: Words | null,
  size: number,
): ColumnDecoder {
  if (field.dictionary !== null) {
    if (words === null) return brokenFeather(file);
    return codedDecoder(field.dictionary.index, words, size);
  }
  return plainDecoder(file, field, size);
}

/** What its values are. Problem: unsupported-column-type. */
export function cohortColumn(file: string, field: ArrowField): CohortColumn {
  const { name, type, dictionary } = field;
  // Categories are texts, whatever they are made of.
  if (dictionary !== null) return { name, type: "str" };
  switch (type.kind) {
    case "bool":
    case "int":
      return { name, type: type.kind, mayBeMissing: true };
    case "float":
    case "null":
      return { name, type: "float" };
    case "time":
      return { name, type: "date", dateFormat: formatOf(field) };
    case "text":
    case "large-text":
    case "text-view":
      return { name, type: "str" };
    case "other":
      return refuse(file, field, type.name);
    default:
      return unreachable(type);
  }
}

function plainDecoder(file: string, field: ArrowField, size: number): ColumnDecoder {
  const { type } = field;
  switch (type.kind) {
    case "null":
      return () => () => missing(size);
    case "bool":
      return flagDecoder(size);
    case "int":
    case "float":
    case "time":
      if (type.kind === "float" && type.bits < 32) return refuse(file, field, "16-bit float");
      return numberDecoder(type, formatOf(field), size, daysOf(file, field));
    case "text":
    case "large-text":
    case "text-view":
      return textDecoder(type, size);
    case "other":
      return refuse(file, field, type.name);
    default:
      return unreachable(type);
  }
}

function refuse(file: string, { name: column }: ArrowField, type: string): never {
  return fail("unsupported-column-type", { file, column, type });
}

function missing(size: number): TypedValues {
  return { kind: "number", of: "float", values: new Float64Array(size).fill(NaN) };
}

/** Without a format that this engine wrote, the whole day. */
function formatOf({ metadata }: ArrowField): DateFormat {
  const kept = metadata.get(DATE_FORMAT);
  return dateFormats.find((format) => format === kept) ?? "YYYY-MM-DD";
}

function flagDecoder(size: number): ColumnDecoder {
  const flags = noFlags(size);
  const typed: TypedValues = { kind: "number", of: "bool", ...flags };
  return (batch, place, rows) => {
    const mark = missingValues(batch, place, rows);
    const bytes = bufferOf(batch, place.region + 1);
    if (bytes.length * 8 < rows) brokenFeather(batch.arrow.file);
    return (from, count) => {
      copyFlags(bytes, from, flags, { at: 0, count });
      if (mark !== nothingMissing) {
        mark(from, count, flags.values, NaN);
        flags.nonZero.count = NOT_LISTED;
      }
      return typed;
    };
  };
}

/** Null for a column that holds no moments. */
function daysOf(file: string, field: ArrowField): DayOfInstant | null {
  const { type } = field;
  if (type.kind !== "time" || type.zone === undefined) return null;
  return (
    instantDays(type.zone) ?? refuse(file, field, "timestamp in a time zone that is not known")
  );
}

function numberDecoder(
  type: NumberType,
  format: DateFormat,
  size: number,
  dayOf: DayOfInstant | null,
): ColumnDecoder {
  const values = new Float64Array(size);
  const typed: TypedValues =
    type.kind === "time"
      ? { kind: "day", values, format }
      : { kind: "number", of: type.kind, values };
  return (batch, place, rows) => {
    const mark = missingValues(batch, place, rows);
    const bytes = bufferOf(batch, place.region + 1);
    const copy = fixedValues(bytes, type, rows, dayOf) ?? brokenFeather(batch.arrow.file);
    return (from, count) => {
      copy(from, count, values);
      mark(from, count, values, NaN);
      return typed;
    };
  };
}

function codedDecoder(
  index: ArrowType,
  { count: known, textOf }: Words,
  size: number,
): ColumnDecoder {
  const own = new Int32Array(size);
  return (batch, place, rows) => {
    const { file } = batch.arrow;
    if (index.kind !== "int") return brokenFeather(file);
    // Every code is asked for its text when it is first met.
    const knownText: Words["textOf"] = (code, cell) =>
      code >= 0 && code < known ? textOf(code, cell) : brokenFeather(file);
    const bytes = bufferOf(batch, place.region + 1);
    const copy = fixedValues(bytes, index, rows) ?? brokenFeather(file);
    const mark = missingValues(batch, place, rows);
    const asTheyAre = int32Codes(bytes, index, rows);
    // Made 32 bits wide at once, a wider code could pass for another.
    const wide = index.bits > 32 ? new Float64Array(size) : own;
    return (from, count) => {
      if (mark === nothingMissing && asTheyAre !== null) {
        return { kind: "coded", codes: asTheyAre.subarray(from, from + count), textOf: knownText };
      }
      copy(from, count, wide);
      mark(from, count, wide, MISSING_CODE);
      if (wide !== own) narrow(wide, own, count);
      return { kind: "coded", codes: own, textOf: knownText };
    };
  };
}

type IntType = Extract<ArrowType, { kind: "int" }>;

/** Codes that need no conversion, or null. */
function int32Codes(bytes: Uint8Array, { bits, signed }: IntType, rows: number) {
  return bits === 32 && signed ? view(bytes, Int32Array, rows) : null;
}

/** What no 32 bits can hold becomes a code that no word has. */
function narrow(wide: Float64Array | Int32Array, out: Int32Array, count: number): void {
  for (let at = 0; at < count; at++) {
    const code = wide[at] ?? MISSING_CODE;
    out[at] = code === (code | 0) && code >= MISSING_CODE ? code : NO_WORD;
  }
}

const NO_WORD = -2;
