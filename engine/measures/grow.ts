/** Arrays of numbers that get longer while a file is read. */

/** The same array if it is long enough, else a longer one that starts with the same numbers. */
export function growFloats(array: Float64Array, length: number): Float64Array {
  if (array.length >= length) return array;
  const longer = new Float64Array(Math.max(length, array.length * 2, 16));
  longer.set(array);
  return longer;
}

/** As `growFloats`. */
export function growCodes(array: Uint32Array, length: number): Uint32Array {
  if (array.length >= length) return array;
  const longer = new Uint32Array(Math.max(length, array.length * 2, 16));
  longer.set(array);
  return longer;
}
