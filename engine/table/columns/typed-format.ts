/** A file format from what opens its tables and what writes them. */
import type { TableFormat } from "../table-format.ts";
import { typedReading } from "./typed-reading.ts";
import { typedRows } from "./typed-rows.ts";
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
    readRows: (path) => typedRows(open, path),
  };
}
