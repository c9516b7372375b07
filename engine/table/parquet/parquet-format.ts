/** Cohorts as parquet. What reads and writes it is loaded when a file is first read or written. */
import type { TableFormat } from "../table-format.ts";
import { typedFormat } from "../columns/typed-format.ts";

export function parquetFormat(): TableFormat {
  return {
    ...typedFormat(
      async (path) => (await import("./parquet-table.ts")).openParquet(path),
      async (file, cohort) => (await import("./parquet-writer.ts")).writeParquet(file, cohort),
    ),
    count: async (path, ask, threads) =>
      (await import("./count-parquet.ts")).countParquet(path, ask, threads),
  };
}
