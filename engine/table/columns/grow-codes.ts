/** The same codes in an array of at least that length; twice as long, so that growing is rare. */
export function growCodes(codes: Int32Array, length: number, fill: number): Int32Array {
  if (length <= codes.length) return codes;
  const longer = new Int32Array(Math.max(length, 2 * codes.length, 256)).fill(fill, codes.length);
  longer.set(codes);
  return longer;
}
