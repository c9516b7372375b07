/** Numbers that parquet gives to the encodings which are read here. */

export const PLAIN = 0;
/** Older word for a page whose values are codes; a dictionary says it for plain. */
export const PLAIN_DICTIONARY = 2;
export const RUNS = 3;
export const RUNS_OF_CODES = 8;

/**
 * Files of Spark list this one for levels that they do not have; a page that really uses it is a problem,
 * for nobody has written one since 2013.
 */
const BITS_OF_LEVELS = 4;

/** All that a column read directly may list. */
export const knownEncodings: ReadonlySet<number> = new Set([
  ...[PLAIN, PLAIN_DICTIONARY, RUNS, RUNS_OF_CODES],
  BITS_OF_LEVELS,
]);
