/** Cohorts as Stata's files of format 118, plain or gzipped (spec/cohort.md 7.5). */
import { gzipped } from "../csv/gzip-sink.ts";
import type { TableFormat } from "../table-format.ts";
import { readDta, readDtaNames } from "./dta-reader.ts";
import { readDtaRows } from "./dta-rows.ts";
import { writeDta } from "./dta-writer.ts";

export function dtaFormat({ gzip }: { readonly gzip: boolean }): TableFormat {
  return {
    async write(file, cohort) {
      const sink = gzip ? gzipped(file) : { ...file, end: () => Promise.resolve() };
      await writeDta({ ...file, ...sink }, cohort);
      await sink.end();
    },
    readHeader: (path) => readDtaNames({ file: path, gzip }),
    readRows: (path) => readDtaRows({ file: path, gzip }),
    read: (path, wanted) => readDta({ file: path, gzip }, wanted),
  };
}
