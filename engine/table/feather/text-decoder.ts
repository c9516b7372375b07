/** A column of plain texts: each distinct one is decoded once, as in csv. */
import { addText, codeOf, SLACK, textDictionary } from "../csv/text-dictionary.ts";
import type { TextDictionary } from "../csv/text-dictionary.ts";
import { mustFit } from "../csv/text-limits.ts";
import { textOfBytes } from "../csv/cell-bytes.ts";
import type { CellPlace } from "../csv/cell-bytes.ts";
import type { TypedValues } from "../columns/typed-table.ts";
import type { TextType } from "./arrow-schema.ts";
import type { ArrowBatch, FieldPlace } from "./batch-buffers.ts";
import { missingValues } from "./missing-values.ts";
import { textValues } from "./text-values.ts";

export function textDecoder(type: TextType, size: number) {
  const texts: string[] = [];
  const dictionary = textDictionary(texts);
  const scratch = scratchBytes();
  const codes = new Int32Array(size);
  const typed: TypedValues = { kind: "coded", codes, textOf: (code) => texts[code] ?? "" };
  const decode = (batch: ArrowBatch, place: FieldPlace, rows: number) => {
    const mark = missingValues(batch, place, rows);
    const textAt = textValues(batch, place, type, rows);
    return (from: number, count: number, placeOf: (at: number) => CellPlace): TypedValues => {
      // A missing text has whatever bytes; they are not looked at.
      codes.fill(0, 0, count);
      mark(from, count, codes, -1);
      for (let at = 0; at < count; at++) {
        if (codes[at] === -1) continue;
        scratch.put(textAt(from + at), dictionary);
        codes[at] = knownCode(dictionary, scratch.length(), scratch.bytes, () => placeOf(at));
      }
      return typed;
    };
  };
  /** `words`: by their codes, and more with each batch. */
  return Object.assign(decode, { words: texts });
}

function knownCode(
  dictionary: TextDictionary,
  length: number,
  bytes: () => Uint8Array,
  place: () => CellPlace,
): number {
  const known = codeOf(dictionary, 0, length);
  if (known >= 0) return known;
  mustFit(dictionary.total, place);
  return addText(dictionary, textOfBytes(bytes(), place), 0, length);
}

/** The dictionary looks up bytes that have slack behind them. */
function scratchBytes() {
  let room = new Uint8Array(1024 + SLACK);
  let input = new DataView(room.buffer);
  let used = 0;
  return {
    put: (text: Uint8Array, dictionary: TextDictionary) => {
      if (text.length + SLACK > room.length) {
        room = new Uint8Array(2 * text.length + SLACK);
        input = new DataView(room.buffer);
      }
      room.set(text);
      used = text.length;
      dictionary.input = input;
    },
    length: () => used,
    bytes: () => room.subarray(0, used),
  };
}
