/** Reading a Stata file row by row, every cell a text. */
import type { CsvFile } from "../csv/byte-source.ts";
import type { TableRow } from "../table-format.ts";
import { openDtaRows } from "./dta-stripes.ts";
import type { DtaStripe } from "./dta-stripes.ts";
import { codeFiller, dtaDecoding } from "./text-codes.ts";
import type { DtaDecoding } from "./text-codes.ts";
import { refuseUnreadable } from "./wanted-dta-columns.ts";

/** See `readTable`; cells are the texts that csv would have, a missing value is "". */
export async function* readDtaRows(
  csv: CsvFile,
  numbers: ReadonlySet<string>,
): AsyncGenerator<TableRow> {
  const { header, stripes, close } = await openDtaRows(csv);
  try {
    const columns = header.columns.map((column) =>
      numbers.has(column.name) ? { ...column, valueLabels: "" } : column,
    );
    refuseUnreadable(csv.file, columns);
    yield { row: 1, cells: columns.map(({ name }) => name) };
    const decoding = await dtaDecoding(csv, { ...header, columns }, columns);
    for await (const stripe of stripes) yield* rowsOf(decoding, stripe);
  } finally {
    await close();
  }
}

/** Texts are not kept for the next stripe: of a long file they would take all memory. */
function* rowsOf(decoding: DtaDecoding, stripe: DtaStripe): Generator<TableRow> {
  const columns = decoding.header.columns.map((column) => {
    const texts: string[] = [];
    const codes = new Uint32Array(stripe.rows);
    codeFiller(decoding, column, texts)(stripe, codes);
    return { texts, codes };
  });
  for (let row = 0; row < stripe.rows; row++) {
    const cells = columns.map(({ texts, codes }) => texts[codes[row] ?? -1] ?? "");
    yield { row: stripe.firstRow + row, cells };
  }
}
