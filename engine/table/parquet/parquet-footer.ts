/** What the footer of a parquet file says: its columns, and where the values of each row group are. */
import {
  bytesField,
  countField,
  listField,
  numberField,
  readFields,
  structField,
} from "./thrift.ts";
import type { ThriftBytes } from "./thrift.ts";
import { ARROW_SCHEMA } from "./arrow-zones.ts";
import { DATE_FORMATS } from "./parquet-sql.ts";
import { readElement } from "./schema-element.ts";
import type { SchemaElement } from "./schema-element.ts";

/** The values of one column in one row group. */
export interface ColumnChunk {
  /** Numbers that the format gives to types, codecs and encodings. */
  readonly physical: number;
  readonly codec: number;
  readonly encodings: readonly number[];
  /** Missing ones too. */
  readonly values: number;
  /** The bytes of its pages in the file. */
  readonly from: number;
  readonly bytes: number;
}

export interface RowGroup {
  readonly rows: number;
  /** One for each column that is not nested and each leaf of those that are; null = in another file, or secret. */
  readonly chunks: readonly (ColumnChunk | null)[];
}

export interface ParquetFooter {
  /** The root, then depth first. */
  readonly schema: readonly SchemaElement[];
  readonly rows: number;
  readonly groups: readonly RowGroup[];
  /** How dates are shown, as JSON; "" in files of other programs. */
  readonly dateFormats: string;
  /** What Arrow says of the columns, in base64; "" where another wrote the file. */
  readonly arrowSchema: string;
  readonly encrypted: boolean;
}

/** Throws a RangeError where the bytes are no footer, or its counts contradict each other. */
export function readFooter(bytes: Uint8Array): ParquetFooter {
  const source: ThriftBytes = { bytes, at: 0 };
  let schema: readonly SchemaElement[] = [];
  let [rows, groups]: [number, readonly RowGroup[]] = [NaN, []];
  let [kept, encrypted]: [ReadonlyMap<string, string>, boolean] = [new Map(), false];
  readFields(source, (field, type) => {
    if (field === 2) schema = listField(source, type, (each) => readElement(source, each));
    else if (field === 3) rows = countField(source, type);
    else if (field === 4)
      groups = listField(source, type, (each) => readGroup(source, each, schema));
    else if (field === 5) kept = readKept(source, type);
    else if (field === 8) encrypted = true;
    return field >= 2 && field <= 5;
  });
  if (schema.length === 0 || groups.reduce((sum, group) => sum + group.rows, 0) !== rows) {
    throw new RangeError("row groups that do not add up");
  }
  const [dateFormats = "", arrowSchema = ""] = [kept.get(DATE_FORMATS), kept.get(ARROW_SCHEMA)];
  return { schema, rows, groups, dateFormats, arrowSchema, encrypted };
}

/** Of all keys those that are of use here; the first of a name counts. */
function readKept(source: ThriftBytes, type: number): ReadonlyMap<string, string> {
  const kept = listField(source, type, (each): readonly [string, string] => {
    let [key, value] = ["", new Uint8Array(0)];
    structField(source, each, (field, inner) => {
      if (field === 1) key = Buffer.from(bytesField(source, inner)).toString("latin1");
      else if (field === 2) value = new Uint8Array(bytesField(source, inner));
      return field === 1 || field === 2;
    });
    const isUsed = key === DATE_FORMATS || key === ARROW_SCHEMA;
    return [key, isUsed ? new TextDecoder().decode(value) : ""];
  });
  return new Map([...kept].reverse());
}

function readGroup(source: ThriftBytes, type: number, schema: readonly SchemaElement[]): RowGroup {
  let [chunks, rows]: [readonly (ColumnChunk | null)[], number] = [[], NaN];
  structField(source, type, (field, inner) => {
    if (field === 1) chunks = listField(source, inner, (each) => readChunk(source, each));
    else if (field === 3) rows = countField(source, inner);
    return field === 1 || field === 3;
  });
  const leaves = schema.reduce((sum, { physical }) => sum + (physical === null ? 0 : 1), 0);
  // The schema stands in front.
  if (leaves === 0 || chunks.length !== leaves || Number.isNaN(rows)) {
    throw new RangeError("a row group that does not have the columns");
  }
  return { rows, chunks };
}

function readChunk(source: ThriftBytes, type: number): ColumnChunk | null {
  const chunks: ColumnChunk[] = [];
  const fields = new Set<number>();
  structField(source, type, (field, inner) => {
    fields.add(field);
    if (field === 3) chunks.push(readChunkMetadata(source, inner));
    return field === 3;
  });
  // The file that has the values, if it is another; how they are encrypted.
  if (fields.has(1) || fields.has(8) || fields.has(9)) return null;
  return chunks[0] ?? failForPlace();
}

function readChunkMetadata(source: ThriftBytes, type: number): ColumnChunk {
  const read = new Map<number, number>();
  const encodings = new Set<number>();
  structField(source, type, (field, inner) => {
    if (field === 2) listField(source, inner, (each) => encodings.add(numberField(source, each)));
    else if (field === 13) readPageEncodings(source, inner, encodings);
    else if (COUNTS.has(field)) read.set(field, countField(source, inner));
    return field === 2 || field === 13 || COUNTS.has(field);
  });
  const of = (field: number): number => read.get(field) ?? NaN;
  const dictionary = read.get(11) ?? 0;
  // Some writers give 0 for no dictionary, or the place of the first page for both.
  const from = dictionary > 0 ? Math.min(dictionary, of(9)) : of(9);
  const numbers = { physical: of(1), codec: of(4), values: of(5), from, bytes: of(7) };
  if (Object.values(numbers).some(Number.isNaN)) failForPlace();
  return { ...numbers, encodings: [...encodings] };
}

function failForPlace(): never {
  throw new RangeError("a column without a place");
}

/** Type, codec, values, packed bytes; the first page of data and that of the dictionary. */
const COUNTS: ReadonlySet<number> = new Set([1, 4, 5, 7, 9, 11]);

function readPageEncodings(source: ThriftBytes, type: number, encodings: Set<number>): void {
  listField(source, type, (each) => {
    structField(source, each, (field, inner) => {
      if (field === 2) encodings.add(numberField(source, inner));
      return field === 2;
    });
  });
}
