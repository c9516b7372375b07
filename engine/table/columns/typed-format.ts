/** A format whose tables have types: what is the same for all of them. */
import type { TableFormat, TableRow } from "../table-format.ts";
import { cellText } from "./cell-text.ts";
import { typedReading } from "./typed-reading.ts";
import type { OpenTypedTable } from "./typed-table.ts";

export function typedFormat(open: OpenTypedTable, write: TableFormat["write"]): TableFormat {
  return {
    write,
    readHeader: async (path) => {
      const table = await open(path);
      await table.close();
      return table.names;
    },
    read: (path, wanted) => typedReading(open, path, wanted),
    whole: async (path, as) => (await import("./whole-typed.ts")).wholeTyped(open, path, as),
    readRows: (path) => typedRows(open, path),
  };
}

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
