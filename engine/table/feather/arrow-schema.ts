/** What the footer of an Arrow file says: its columns, and where their batches are. */
import {
  byteField,
  intField,
  longAt,
  longField,
  shortField,
  structList,
  tableField,
  tableList,
  textField,
} from "./flat-table.ts";
import type { FlatTable } from "./flat-table.ts";
import type { FixedType } from "../columns/fixed-values.ts";

export type ArrowType =
  | FixedType
  | TextType
  | { readonly kind: "null" }
  /** `buffers` counts those of the column itself, without its children. */
  | { readonly kind: "other"; readonly name: string; readonly buffers: number };

export interface TextType {
  readonly kind: "text" | "large-text" | "text-view";
}

export interface ArrowDictionary {
  readonly id: number;
  readonly index: ArrowType;
  /** Whether the order of its values means something. */
  readonly isOrdered: boolean;
}

export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
  /** The dictionary of its values, and how codes of it are held. */
  readonly dictionary: ArrowDictionary | null;
  readonly children: readonly ArrowField[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** A batch: a message of `metadata` bytes, then a body. */
export interface ArrowBlock {
  readonly offset: number;
  readonly metadata: number;
  readonly body: number;
}

export interface ArrowFooter {
  readonly fields: readonly ArrowField[];
  readonly littleEndian: boolean;
  readonly dictionaries: readonly ArrowBlock[];
  readonly batches: readonly ArrowBlock[];
  /** What the program that wrote the file says of the whole table. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Throws a RangeError where the bytes are no footer. */
export function readFooter(footer: FlatTable): ArrowFooter {
  const schema = tableField(footer, 1);
  if (schema === null) throw new RangeError("a footer without a schema");
  return {
    fields: readArrowFields(schema),
    littleEndian: shortField(schema, 0) === 0,
    dictionaries: blocks(footer, 2),
    batches: blocks(footer, 3),
    metadata: pairsIn(schema, 2),
  };
}

/** The columns of a schema. Throws a RangeError where the bytes are none. */
export function readArrowFields(schema: FlatTable): readonly ArrowField[] {
  return tableList(schema, 1).map((field) => readField(field, 0));
}

function blocks(footer: FlatTable, field: number): readonly ArrowBlock[] {
  return structList(footer, field, 24).map((place) => ({
    offset: longAt(footer.bytes, place),
    metadata: footer.bytes.getInt32(place + 8, true),
    body: longAt(footer.bytes, place + 16),
  }));
}

/** Deeper than any table, and less than what would exhaust the stack. */
const DEEPEST = 64;

function readField(field: FlatTable, depth: number): ArrowField {
  if (depth > DEEPEST) throw new RangeError("columns nested too deeply");
  const coded = tableField(field, 4);
  return {
    name: textField(field, 0),
    type: readType(byteField(field, 2), tableField(field, 3)),
    dictionary: coded === null ? null : readDictionary(coded),
    children: tableList(field, 5).map((child) => readField(child, depth + 1)),
    metadata: pairsIn(field, 6),
  };
}

function pairsIn(table: FlatTable, field: number): ReadonlyMap<string, string> {
  return new Map(
    tableList(table, field).map((pair) => [textField(pair, 0), textField(pair, 1)] as const),
  );
}

function readDictionary(coded: FlatTable): ArrowDictionary {
  const isOrdered = byteField(coded, 2) !== 0;
  return { id: longField(coded, 0), index: indexType(coded), isOrdered };
}

/** Absent, codes are of 32 bits. */
function indexType(coded: FlatTable): ArrowType {
  const index = tableField(coded, 1);
  return index === null ? { kind: "int", bits: 32, signed: true } : readType(INT, index);
}

const INT = 2;
const SECONDS = 0;
const MILLISECONDS = 1;
const NANOSECONDS = 3;

/** Numbers of the types that have no buffer for missing values and one for the values. */
const OTHERS: readonly (readonly [code: number, name: string, buffers: number])[] = [
  [4, "binary", 3],
  [7, "decimal", 2],
  [9, "time of day", 2],
  [11, "interval", 2],
  [12, "list", 2],
  [13, "struct", 1],
  [15, "fixed-size binary", 2],
  [16, "fixed-size list", 1],
  [17, "map", 2],
  [18, "duration", 2],
  [19, "large binary", 3],
  [21, "large list", 2],
];

function readType(code: number, type: FlatTable | null): ArrowType {
  switch (code) {
    case 1:
      return { kind: "null" };
    case INT:
      return { kind: "int", bits: type ? intField(type, 0) : 0, signed: isSigned(type) };
    case 3:
      return { kind: "float", bits: 16 << (type ? shortField(type, 0) : 0) };
    case 5:
      return { kind: "text" };
    case 6:
      return { kind: "bool" };
    case 8:
      return dateType(type === null ? MILLISECONDS : shortField(type, 0, MILLISECONDS));
    case 10:
      return timestampType(type);
    case 20:
      return { kind: "large-text" };
    case 24:
      return { kind: "text-view" };
    default: {
      const [, name, buffers] = OTHERS.find(([known]) => known === code) ?? [];
      return { kind: "other", name: name ?? `type ${code}`, buffers: buffers ?? NaN };
    }
  }
}

function isSigned(type: FlatTable | null): boolean {
  return type !== null && byteField(type, 1) !== 0;
}

function dateType(unit: number): ArrowType {
  return unit === MILLISECONDS
    ? { kind: "time", bits: 64, perDay: 86_400_000, isDay: true }
    : { kind: "time", bits: 32, perDay: 1, isDay: true };
}

function timestampType(type: FlatTable | null): ArrowType {
  const unit = type === null ? 0 : shortField(type, 0);
  if (unit < SECONDS || unit > NANOSECONDS) throw new RangeError("no such unit of time");
  const perDay = 86_400 * 1000 ** unit;
  const zone = type === null ? "" : textField(type, 1);
  return { kind: "time", bits: 64, perDay, ...(zone === "" ? {} : { zone }) };
}
