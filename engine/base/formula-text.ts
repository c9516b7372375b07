/** Which texts a spreadsheet would run as a formula when it opens a csv file. */

/** As spreadsheets read the first character of a cell; full-width forms are read so in some languages. */
const START = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?(?:\d+(?:[.,]\d*)*|\.\d+)(?:[eE][+-]?\d+)?%?$/;

/** Numbers are none, whatever their sign; neither is a sign that stands alone. */
export function isFormulaText(cell: string): boolean {
  return cell.length > 1 && START.test(cell) && !NUMBER.test(cell);
}
