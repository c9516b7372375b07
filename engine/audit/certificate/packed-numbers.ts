/** Many numbers, of which many are the same, as short text: `3 0x12 5`. */

export function packed(numbers: ArrayLike<number>): string {
  const runs: string[] = [];
  for (let at = 0; at < numbers.length;) {
    let end = at + 1;
    while (end < numbers.length && numbers[end] === numbers[at]) end++;
    const value = String(numbers[at] ?? 0);
    runs.push(end - at === 1 ? value : `${value}x${end - at}`);
    at = end;
  }
  return runs.join(" ");
}

/** Null for text that is no so many numbers. */
export function unpacked(text: string, size: number): Float64Array | null {
  const numbers = new Float64Array(size);
  let at = 0;
  for (const run of text === "" ? [] : text.split(" ")) {
    const [, value, times = "1"] = /^([0-9]+)(?:x([0-9]+))?$/.exec(run) ?? [];
    const end = at + Number(times);
    if (value === undefined || end > size || end === at) return null;
    numbers.fill(Number(value), at, end);
    at = end;
  }
  return at === size ? numbers : null;
}

/** Only those that are not printed. */
export function packedOpen(numbers: Float64Array, printed: Float64Array): string {
  return packed(numbers.filter((_, at) => Number.isNaN(printed[at])));
}

/** With those that are printed. Null for text that is not as many numbers as are left. */
export function unpackedOpen(text: string, printed: Float64Array): Float64Array | null {
  let [size, at] = [0, 0];
  for (const number of printed) if (Number.isNaN(number)) size++;
  const open = unpacked(text, size);
  if (open === null) return null;
  return printed.map((number) => (Number.isNaN(number) ? (open[at++] ?? NaN) : number));
}
