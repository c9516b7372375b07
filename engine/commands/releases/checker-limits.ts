/** Airlock takes no more of a file. */
export const MOST_ROWS = 5_000;
export const MOST_BYTES = 16 * 1024 * 1024;
