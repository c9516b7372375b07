/** Every format a cohort file can have. A new one is plugged in here and nowhere else. */
import { basename } from "node:path";

import { cohortFormats, formatOf } from "../base/file-names.ts";
import type { CohortFormat } from "../base/file-names.ts";
import { fail } from "./problems.ts";
import { csvFormat } from "./csv/csv-format.ts";
import { dtaFormat } from "./dta/dta-format.ts";
import { featherFormat } from "./feather/feather-format.ts";
import { parquetFormat } from "./parquet/parquet-format.ts";
import type { TableFormat } from "./table-format.ts";

const formats: { readonly [F in CohortFormat]: TableFormat } = {
  csv: csvFormat({ gzip: false }),
  "csv.gz": csvFormat({ gzip: true }),
  feather: featherFormat(),
  parquet: parquetFormat(),
  dta: dtaFormat({ gzip: false }),
  "dta.gz": dtaFormat({ gzip: true }),
};

export function tableFormat(format: CohortFormat): TableFormat {
  return formats[format];
}

/** The format that the file's name claims. Problem: unknown-file-format. */
export function tableFormatOf(file: string): TableFormat {
  const format = formatOf(basename(file));
  if (format === null) return fail("unknown-file-format", { file, known: cohortFormats });
  return tableFormat(format);
}
