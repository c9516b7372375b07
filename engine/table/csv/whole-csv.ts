/** A csv file read whole: patients' numbers, and every other cell as the text that it is. */
import type { CohortBatch } from "../cohort-schema.ts";
import { idFirst, mustBeIds, PATIENT_ID } from "../whole-cohort.ts";
import type { WholeCohort } from "../whole-cohort.ts";
import type { CsvFile } from "./byte-source.ts";
import { readCsv, readCsvHeader } from "./csv-reader.ts";

/**
 * Problems: missing-file-column, repeated-file-column, and those of `readCohort`; while reading also
 * patient-id-not-whole.
 */
export async function wholeCsv(csv: CsvFile): Promise<WholeCohort> {
  const header = await readCsvHeader(csv);
  const names = idFirst(csv.file, header).flatMap((place) => header[place] ?? []);
  const texts = names.slice(1);
  return {
    schema: [
      { name: PATIENT_ID, type: "int" },
      ...texts.map((name) => ({ name, type: "str" }) as const),
    ],
    batches: () => batchesOf(csv, texts),
  };
}

async function* batchesOf(
  csv: CsvFile,
  texts: readonly string[],
): AsyncGenerator<CohortBatch, void> {
  const wanted = { numbers: [PATIENT_ID], texts };
  const { blocks, dictionaries } = await readCsv(csv, wanted, { texts: "of each block" });
  // The header is row 1; blank lines are not counted here.
  let first = 2;
  for await (const { rows, numbers, codes } of blocks) {
    const ids = numbers[0] ?? new Float64Array(0);
    mustBeIds(ids, { file: csv.file, rows, first });
    yield {
      rows,
      columns: [
        { type: "int", values: ids },
        ...codes.map((each, at) => {
          const values = [...(dictionaries[at] ?? [])];
          return { type: "str", codes: each, values } as const;
        }),
      ],
    };
    first += rows;
  }
}
