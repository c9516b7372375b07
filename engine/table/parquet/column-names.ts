/**
 * The names of columns, put into a file that DuckDB wrote. DuckDB tells no capitals from small letters and would
 * call `BMI` beside `bmi` `BMI_1`; so it is given numbers for names, and the footer gets the true ones.
 */
import { bytesField, listField, readFields, structField } from "./thrift.ts";
import type { ThriftBytes } from "./thrift.ts";

/** What the column at that place is called while DuckDB has it. */
export function placeName(at: number): string {
  return `c${at}`;
}

/** The footer with `names` in place of the numbers. A RangeError where the bytes are no footer. */
export function namedFooter(footer: Uint8Array, names: readonly string[]): Uint8Array {
  const nameOf = new Map(names.map((name, at) => [placeName(at), name]));
  const pieces: Uint8Array[] = [];
  let done = 0;
  for (const { from, to, text } of textPlaces(footer)) {
    const name = nameOf.get(text);
    if (name === undefined) continue;
    pieces.push(footer.subarray(done, from), thriftText(name));
    done = to;
  }
  return Buffer.concat([...pieces, footer.subarray(done)]);
}

/** A text with its length in front. */
interface TextPlace {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Wherever a footer names columns: in its schema, and in each row group the path to the values. */
function textPlaces(footer: Uint8Array): readonly TextPlace[] {
  const source: ThriftBytes = { bytes: footer, at: 0 };
  const places: TextPlace[] = [];
  const take = (type: number): void => {
    const from = source.at;
    const text = Buffer.from(bytesField(source, type)).toString("utf8");
    places.push({ from, to: source.at, text });
  };
  const structs = (wanted: number, type: number, each: (type: number) => void): void => {
    listField(source, type, (inner) => {
      inStruct(source, wanted, inner, each);
    });
  };
  const path = (type: number): void => void listField(source, type, take);
  const chunk = (type: number): void => {
    inStruct(source, CHUNK.path, type, path);
  };
  readFields(source, (field, type) => {
    if (field === FILE.schema) structs(ELEMENT_NAME, type, take);
    else if (field === FILE.groups) {
      structs(GROUP_CHUNKS, type, (inner) => {
        structs(CHUNK.metadata, inner, chunk);
      });
    } else return false;
    return true;
  });
  return places;
}

/** Numbers that the format gives to fields. */
const FILE = { schema: 2, groups: 4 } as const;
const ELEMENT_NAME = 4;
const GROUP_CHUNKS = 1;
const CHUNK = { metadata: 3, path: 3 } as const;

/** Reads one field of a struct, and passes over the others. */
function inStruct(
  source: ThriftBytes,
  wanted: number,
  type: number,
  read: (type: number) => void,
): void {
  structField(source, type, (field, inner) => {
    if (field !== wanted) return false;
    read(inner);
    return true;
  });
}

/** Its length in bytes, seven bits at a time, then the text. */
function thriftText(text: string): Uint8Array {
  const bytes = Buffer.from(text, "utf8");
  const length: number[] = [];
  let rest = bytes.length;
  for (; rest > 127; rest >>>= 7) length.push((rest & 127) | 128);
  return Buffer.concat([Uint8Array.of(...length, rest), bytes]);
}
