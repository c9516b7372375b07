/**
 * Cohorts as Stata's files of format 118, plain or gzipped. What reads and writes them is
 * loaded when a file is first read or written.
 */
import { gzipped } from "../csv/gzip-sink.ts";
import type { TableFormat } from "../table-format.ts";

export function dtaFormat({ gzip }: { readonly gzip: boolean }): TableFormat {
  return {
    async write(file, cohort) {
      const { writeDta } = await import("./dta-writer.ts");
      const sink = gzip ? gzipped(file) : { ...file, end: () => Promise.resolve() };
      await writeDta({ ...file, ...sink }, cohort);
      await sink.end();
    },
    async readHeader(path) {
      return (await import("./dta-reader.ts")).readDtaNames({ file: path, gzip });
    },
    async *readRows(path, numbers) {
      yield* (await import("./dta-rows.ts")).readDtaRows({ file: path, gzip }, numbers);
    },
    async whole(path, as) {
      const { openDta } = await import("./dta-table.ts");
      const { wholeTyped } = await import("../columns/whole-typed.ts");
      return wholeTyped((file) => openDta({ file, gzip }), path, as);
    },
    async read(path, wanted) {
      return (await import("./dta-reader.ts")).readDta({ file: path, gzip }, wanted);
    },
  };
}
