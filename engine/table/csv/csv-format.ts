/** Cohorts as csv, plain or gzipped, with LF line ends. */
import type { TableFormat } from "../table-format.ts";
import { readCsv, readCsvHeader } from "./csv-reader.ts";
import { gzipped } from "./gzip-sink.ts";
import { csvEncoder, csvHeader, writeCsv } from "./csv-writer.ts";

export function csvFormat({ gzip }: { readonly gzip: boolean }): TableFormat {
  return {
    async write(file, cohort) {
      const sink = gzip ? gzipped(file) : { ...file, end: () => Promise.resolve() };
      await writeCsv(sink, cohort);
      await sink.end();
    },
    pieces: {
      encoder: csvEncoder,
      async write(file, schema, pieces, work) {
        const sink = gzip ? gzipped(file, work) : { ...file, end: () => Promise.resolve() };
        await sink.write(csvHeader(schema));
        for await (const piece of pieces) await sink.write(piece);
        await sink.end();
      },
    },
    readHeader: (path) => readCsvHeader({ file: path, gzip }),
    whole: async (path) => (await import("./whole-csv.ts")).wholeCsv({ file: path, gzip }),
    async *readRows(path) {
      // Loaded with its parser, which large files do without.
      yield* (await import("./csv-rows.ts")).readCsvRows({ file: path, gzip });
    },
    read: (path, wanted) => readCsv({ file: path, gzip }, wanted),
  };
}
