/** Writing cohort batches as rows of csv. */
import { unreachable } from "../../base/problems.ts";
import type { AtomicFile } from "../../files/atomic-file.ts";
import { isLong, mayBeMissing } from "../cohort-schema.ts";
import type { CohortBatch, CohortColumn, CohortSchema } from "../cohort-schema.ts";
import type { CohortRows } from "../table-format.ts";
import { LF } from "./ascii.ts";
import { STRIPE_ROWS } from "./cell-column.ts";
import type { CellColumn, Stripe } from "./cell-column.ts";
import { dateCells, dayTexts } from "./date-cells.ts";
import type { DayTexts } from "./date-cells.ts";
import { longCells } from "./long-cells.ts";
import { flagCells, floatCells, integerCells } from "./number-cells.ts";
import { flush, outBytes, putBytes, reserve } from "./out-bytes.ts";
import type { OutBytes } from "./out-bytes.ts";
import { quotedField } from "./quoted-field.ts";
import { textCells } from "./text-cells.ts";

/** Header and rows, LF line ends, UTF-8; a date without a date is empty. */
export async function writeCsv(
  sink: Pick<AtomicFile, "write">,
  { schema, batches }: CohortRows,
): Promise<void> {
  const out = outBytes();
  putBytes(out, csvHeader(schema));
  const rows = csvRows(schema);
  for await (const batch of batches) {
    for (const stripe of rows(batch)) {
      stripe(out);
      await flush(out, sink, false);
    }
  }
  await flush(out, sink, true);
}

/** As the first line of a file. */
export function csvHeader(schema: CohortSchema): Uint8Array {
  const names = schema.map(({ name }) => quotedField(name));
  return new TextEncoder().encode(`${names.join(",")}\n`);
}

/** All rows of a batch as they stand in a file. */
export function csvEncoder(schema: CohortSchema): (batch: CohortBatch) => Uint8Array {
  const rows = csvRows(schema);
  const out = outBytes();
  return (batch) => {
    out.at = 0;
    for (const stripe of rows(batch)) stripe(out);
    return out.bytes.slice(0, out.at);
  };
}

/** Puts a batch of that schema a few rows at a time. */
function csvRows(schema: CohortSchema): (batch: CohortBatch) => Iterable<(out: OutBytes) => void> {
  if (schema.some(mayBeMissing)) throw new Error("csv has values that may be missing as texts");
  const days = dayTexts();
  const columns = schema.map((column) => cellColumn(column, days));
  const places = new Int32Array(STRIPE_ROWS);
  return function* (batch) {
    const most = useBatch(columns, batch);
    for (let first = 0; first < batch.rows; first += most) {
      const count = Math.min(most, batch.rows - first);
      yield (out) => {
        putStripe(out, columns, { first, count, places });
      };
    }
  };
}

function cellColumn(column: CohortColumn, days: DayTexts): CellColumn {
  switch (column.type) {
    case "bool":
      return flagCells();
    case "int":
      return isLong(column) ? longCells() : integerCells();
    case "float":
      return floatCells();
    case "date":
      return dateCells(column.dateFormat.length, days);
    case "str":
      return textCells();
    default:
      return unreachable(column);
  }
}

/** Gives the number of rows to put at a time: fewer where one word can have megabytes. */
function useBatch(columns: readonly CellColumn[], batch: CohortBatch): number {
  if (columns.length !== batch.columns.length) {
    throw new Error("a batch has the columns of its schema");
  }
  let longest = 0;
  batch.columns.forEach((values, at) => {
    columns[at]?.use(values, batch.rows);
    longest += columns[at]?.longest() ?? 0;
  });
  return Math.max(1, Math.min(STRIPE_ROWS, Math.floor(2 ** 23 / longest)));
}

function putStripe(out: OutBytes, columns: readonly CellColumn[], stripe: Stripe): void {
  const { count, places } = stripe;
  places.fill(columns.length);
  for (const column of columns) column.addLengths(stripe);
  let end = out.at;
  for (let row = 0; row < count; row++) {
    const length = places[row] ?? 0;
    places[row] = end;
    end += length;
  }
  reserve(out, end);
  for (const column of columns) column.put(stripe, out.bytes);
  // Behind the last cell of a row stands a comma as behind all others.
  for (let row = 0; row < count; row++) out.bytes[(places[row] ?? 0) - 1] = LF;
  out.at = end;
}
