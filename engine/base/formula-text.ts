/** Which texts a spreadsheet would run as a formula when it opens a csv file: the one rule of all rooms. */

/** As spreadsheets read the first character of a cell; full-width forms are read so in some languages. */
const START = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
/** -1.5 is a number in every spreadsheet; +1 is written by nobody as one, and is run. */
const NEGATIVE = /^-\s*(?:(?:\d+(?:[.,]\d*)*|\.\d+)(?:[eE][+-]?\d+)?%?|inf|nan)$/i;
/** Nothing but signs, as a comparator is: there is nothing to run. */
const SIGNS = /^[=+\-<>~\s]*$/;

export function isFormulaText(cell: string): boolean {
  // Blanks and quotes in front of it are taken off by some programs.
  const text = cell.replace(/^[ "']+/, "");
  return START.test(text) && !NEGATIVE.test(text) && !SIGNS.test(text);
}
