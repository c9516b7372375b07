/** One file per measure out of its files per date. */
import type { IsoDate } from "../base/dates.ts";
import { fail } from "./problems.ts";
import { byCodePoint } from "../base/value-types.ts";
import { CsvRows } from "../text/csv-rows.ts";
import type { CsvRow } from "../text/csv-rows.ts";

export interface DatedText {
  readonly date: IsoDate;
  /** What `formatMeasure` gave for that date, in pieces cut anywhere. */
  readonly text: Iterable<string> | AsyncIterable<string>;
}

/**
 * The rows of all dates, earliest date first, as they are, with the column `date` at the end; line
 * ends are LF. Texts are taken up one after the other, so none need be in memory whole.
 * Problem: measure-headers-differ.
 */
export async function* combine(
  measure: string,
  files: readonly DatedText[],
): AsyncGenerator<string, void> {
  const sorted = [...files].sort((a, b) => byCodePoint(a.date, b.date));
  let first: { readonly header: string; readonly date: IsoDate } | null = null;
  for (const { date, text } of sorted) {
    const rows = withDate(text, date);
    const header = await rows.next();
    const own = { header: header.done === true ? "" : header.value, date };
    if (first === null) yield `${own.header},date\n`;
    else if (own.header !== first.header) {
      fail("measure-headers-differ", { measure, first: first.date, other: date });
    }
    first ??= own;
    yield* rows;
  }
}

/** First the header as it is, then pieces of the rows with the date in every row. */
async function* withDate(text: DatedText["text"], date: IsoDate): AsyncGenerator<string, void> {
  const reading = new CsvRows();
  let isHeader = true;
  const dated = (rows: readonly CsvRow[]): string => {
    let all = "";
    for (const row of rows) all += `${row.text},${date}\n`;
    return all;
  };
  for await (const piece of text) {
    const [first, ...others] = [...reading.take(piece)];
    if (first === undefined) continue;
    if (isHeader) yield first.text;
    yield dated(isHeader ? others : [first, ...others]);
    isHeader = false;
  }
  const last = reading.end();
  if (isHeader && last[0] !== undefined) yield last[0].text;
  else yield dated(last);
}
