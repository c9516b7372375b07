/** A column of texts in csv: each distinct text once, and a number for every row. */
import type { ByteWindow } from "../../../table/csv/byte-window.ts";
import type { RowIndex } from "../../../table/csv/row-index.ts";
import { readTextColumn } from "../../../table/csv/text-column.ts";
import { textDictionary } from "../../../table/csv/text-dictionary.ts";
import { markPresent, noteWrong, NULL_WORD } from "./cell-marks.ts";
import type { RecordColumn } from "./column-decoder.ts";

/** Codes of texts that mean something else than they say. */
interface SpecialCodes {
  /** How many texts have been looked at. */
  seen: number;
  empty: number;
  readonly wrong: Set<number>;
}

const fresh = (): SpecialCodes => ({ seen: 0, empty: -1, wrong: new Set() });

/**
 * Texts are kept exactly; an empty one is missing. Wrong are the word NULL, which some programs write for
 * nothing, and the column's own name: a second header within the file.
 */
export function textCells(name: string, rows: number, present: Uint8Array): RecordColumn {
  const codes = new Uint32Array(rows);
  let dictionary = textDictionary([]);
  let special = fresh();
  const column: RecordColumn = {
    name,
    kind: "text",
    type: "UINTEGER",
    values: codes,
    present,
    wrong: null,
    words: {
      texts: () => dictionary.texts,
      forget: () => {
        dictionary = textDictionary([]);
        special = fresh();
      },
    },
    decode: (window: ByteWindow, index: RowIndex, field: number, first: number) => {
      readTextColumn(window, index, { name, field, codes, dictionary }, first);
      lookAtNew(dictionary.texts, special, name);
      const { empty, wrong } = special;
      for (let row = 0; row < index.rows; row++) {
        const code = codes[first + row] ?? 0;
        if (code === empty) continue;
        markPresent(present, first + row);
        if (wrong.size > 0 && wrong.has(code)) {
          noteWrong(column, index.numbers[row] ?? 0, dictionary.texts[code] === NULL_WORD);
        }
      }
    },
  };
  return column;
}

function lookAtNew(texts: readonly string[], special: SpecialCodes, name: string): void {
  for (; special.seen < texts.length; special.seen++) {
    const text = texts[special.seen] ?? "";
    if (text === "") special.empty = special.seen;
    else if (text === NULL_WORD || text === name) special.wrong.add(special.seen);
  }
}
