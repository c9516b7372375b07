/** Small tables as csv text, such as the header of a measure file; long ones are written by hand. */
import { stringify } from "csv-stringify/sync";

/**
 * Rows of texts, header first, as csv: comma, LF line ends, quotes only where needed. A row of one
 * empty field is written `""`, because a blank line is no row.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  const lonely = rows.some((row) => row.length === 1);
  return stringify([...rows], {
    record_delimiter: "\n",
    quote_record_delimiter: true,
    quoted_empty: lonely,
  });
}
