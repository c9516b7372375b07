/** Texts, quoted where needed; each value is made bytes once for each list of values. */
import { valueBytes } from "../columns/value-bytes.ts";
import type { ValueBytes } from "../columns/value-bytes.ts";
import { COMMA } from "./ascii.ts";
import { failForType } from "./cell-column.ts";
import type { CellColumn, Stripe } from "./cell-column.ts";
import { quotedField } from "./quoted-field.ts";

/** Above this, copying in one call is faster than byte by byte. */
const SHORT = 24;

export function textCells(): CellColumn {
  let codes: Uint32Array = new Uint32Array(0);
  let known = valueBytes([], quotedField);
  return {
    use: (values) => {
      if (values.type !== "str") failForType("str");
      codes = values.codes;
      // A list may have grown since the last batch.
      const isKnown =
        known.values === values.values && known.starts.length === values.values.length + 1;
      if (!isKnown) known = valueBytes(values.values, quotedField);
    },
    longest: () => known.longest,
    addLengths: ({ first, count, places }) => {
      const { starts } = known;
      for (let row = 0; row < count; row++) {
        const code = codes[first + row] ?? 0;
        const length = (starts[code + 1] ?? 0) - (starts[code] ?? 0);
        places[row] = (places[row] ?? 0) + length;
      }
    },
    put: (stripe, bytes) => {
      putTexts(known, codes, stripe, bytes);
    },
  };
}

function putTexts(known: ValueBytes, codes: Uint32Array, stripe: Stripe, bytes: Uint8Array): void {
  const { starts, bytes: from } = known;
  const { first, count, places } = stripe;
  for (let row = 0; row < count; row++) {
    const place = places[row] ?? 0;
    const code = codes[first + row] ?? 0;
    const start = starts[code] ?? 0;
    const length = (starts[code + 1] ?? 0) - start;
    if (length > SHORT) bytes.set(from.subarray(start, start + length), place);
    else for (let i = 0; i < length; i++) bytes[place + i] = from[start + i] ?? 0;
    bytes[place + length] = COMMA;
    places[row] = place + length + 1;
  }
}
