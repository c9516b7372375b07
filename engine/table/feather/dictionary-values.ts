/** The values of a coded column: read when the column is wanted, made text when a row has them. */
import { textOfBytes } from "../csv/cell-bytes.ts";
import { cellText } from "../columns/cell-text.ts";
import { brokenFeather, decoded, messageOf } from "./arrow-file.ts";
import type { ArrowFile } from "./arrow-file.ts";
import { readDictionaryHeader } from "./arrow-message.ts";
import type { DictionaryHeader } from "./arrow-message.ts";
import type { ArrowBlock, ArrowField } from "./arrow-schema.ts";
import { fieldPlaces } from "./batch-buffers.ts";
import type { ArrowBatch } from "./batch-buffers.ts";
import { columnDecoder } from "./column-decoder.ts";
import type { Words } from "./column-decoder.ts";
import { textValues } from "./text-values.ts";

interface DictionaryPart {
  readonly header: DictionaryHeader;
  readonly block: ArrowBlock;
}

export type DictionaryParts = ReadonlyMap<number, readonly DictionaryPart[]>;

/** All dictionaries of the file by id, a later part adding to those before. Problem: broken-table. */
export function dictionaryParts(arrow: ArrowFile): DictionaryParts {
  const parts = new Map<number, DictionaryPart[]>();
  for (const block of arrow.footer.dictionaries) {
    const message = messageOf(arrow, block);
    const header = decoded(arrow.file, () => readDictionaryHeader(message));
    const before = parts.get(header.id) ?? [];
    // A file has one dictionary for a column; only a stream may replace it.
    if (!header.delta && before.length > 0) brokenFeather(arrow.file);
    parts.set(header.id, [...before, { header, block }]);
  }
  return parts;
}

/** The values of a coded column, or null for any other. */
export function wordsOf(arrow: ArrowFile, field: ArrowField, parts: DictionaryParts): Words | null {
  if (field.dictionary === null) return null;
  const values = (parts.get(field.dictionary.id) ?? []).map(({ header, block }) =>
    valuesOfPart({ arrow, block, header: header.batch }, field),
  );
  const count = values.reduce((sum, part) => sum + part.count, 0);
  const [only] = values;
  if (only !== undefined && values.length === 1) return only;
  return {
    count,
    textOf: (code, place) => {
      let rest = code;
      for (const part of values) {
        if (rest < part.count) return part.textOf(rest, place);
        rest -= part.count;
      }
      return brokenFeather(arrow.file);
    },
  };
}

/** More would not fit into the bytes that a buffer may have. */
const MOST_WORDS = 1 << 28;

function valuesOfPart(batch: ArrowBatch, field: ArrowField): Words {
  const { file } = batch.arrow;
  const { rows: count } = batch.header;
  if (count < 0 || count > MOST_WORDS) return brokenFeather(file);
  const plain: ArrowField = { ...field, dictionary: null };
  const [place] = fieldPlaces(batch, [plain]);
  if (place === undefined) return brokenFeather(file);
  const { type } = plain;
  if (type.kind === "text" || type.kind === "large-text" || type.kind === "text-view") {
    const textAt = textValues(batch, place, type, count);
    return { count, textOf: (code, cell) => textOfBytes(textAt(code), cell) };
  }
  const nowhere = () => ({ file, row: 0, column: field.name });
  const read = columnDecoder(file, plain, null, count)(batch, place, count);
  const values = read(0, count, nowhere);
  return { count, textOf: (code, cell) => cellText(values, code, cell) };
}
