/** Reading a table with types row by row, every cell a text. */
import type { TableRow } from "../table-format.ts";
import { cellText } from "./cell-text.ts";
import type { OpenTypedTable } from "./typed-table.ts";

/** See `readTable`; cells as csv would show them. Problems besides: those of `cellText`. */
export async function* typedRows(open: OpenTypedTable, file: string): AsyncGenerator<TableRow> {
  const table = await open(file);
  try {
    const { names } = table;
    yield { row: 1, cells: names };
    for await (const { first, rows, columns } of table.blocks([...names.keys()])) {
      for (let at = 0; at < rows; at++) {
        const row = first + at;
        const cells = columns.map((values, field) =>
          cellText(values, at, () => ({ file, row, column: names[field] ?? null })),
        );
        yield { row, cells };
      }
    }
  } finally {
    await table.close();
  }
}
