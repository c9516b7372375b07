/** Every format a cohort file can have. A new one is plugged in here and nowhere else. */
import { basename } from "node:path";

import { cohortFormats, formatOf } from "../base/file-names.ts";
import type { CohortFormat } from "../base/file-names.ts";
import { fail } from "../base/problems.ts";
import { csvFormat } from "./csv/csv-format.ts";
import { featherFormat } from "./feather/feather-format.ts";
import { parquetFormat } from "./parquet/parquet-format.ts";
import type { TableFormat } from "./table-format.ts";

/** null = not built yet. */
const formats: { readonly [F in CohortFormat]: TableFormat | null } = {
  csv: csvFormat({ gzip: false }),
  "csv.gz": csvFormat({ gzip: true }),
  feather: featherFormat(),
  parquet: parquetFormat(),
  dta: null,
  "dta.gz": null,
};

export const builtFormats: readonly CohortFormat[] = cohortFormats.filter(
  (format) => formats[format] !== null,
);

/** The format for a file about to be written. Problem: format-not-built. */
export function tableFormat(format: CohortFormat, file: string): TableFormat {
  return formats[format] ?? fail("format-not-built", { file, format, built: builtFormats });
}

/** The format that the file's name claims. Problems: unknown-file-format, format-not-built. */
export function tableFormatOf(file: string): TableFormat {
  const format = formatOf(basename(file));
  if (format === null) return fail("unknown-file-format", { file, known: cohortFormats });
  return tableFormat(format, file);
}
