/** Cohorts as feather. Its libraries are loaded when a file is first read or written. */
import type { TableFormat } from "../table-format.ts";
import { typedFormat } from "../columns/typed-format.ts";

export function featherFormat(): TableFormat {
  return typedFormat(
    async (path) => (await import("./feather-table.ts")).openFeather(path),
    async (file, cohort) => (await import("./feather-writer.ts")).writeFeather(file, cohort),
  );
}
