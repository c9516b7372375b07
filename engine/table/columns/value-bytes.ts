/** The values of a column as bytes, made once for each list of values. */

/** Word w is `bytes` from `starts[w]` to `starts[w + 1]`. */
export interface ValueBytes {
  readonly values: readonly string[];
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  /** In bytes. */
  readonly longest: number;
}

const encoder = new TextEncoder();

/** UTF-8 of what `written` makes of each value. */
export function valueBytes(
  values: readonly string[],
  written: (value: string) => string,
): ValueBytes {
  const fields = values.map((value) => encoder.encode(written(value)));
  const starts = new Int32Array(values.length + 1);
  let longest = 0;
  fields.forEach(({ length }, value) => {
    starts[value + 1] = (starts[value] ?? 0) + length;
    longest = Math.max(longest, length);
  });
  const bytes = new Uint8Array(starts[values.length] ?? 0);
  fields.forEach((field, value) => {
    bytes.set(field, starts[value]);
  });
  return { values, bytes, starts, longest };
}
