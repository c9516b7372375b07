/** Time zones of columns: parquet itself only says that a time is a moment; pyarrow, R and Polars keep the zone. */
import { readArrowFields } from "../feather/arrow-schema.ts";
import { rootTable, tableField } from "../feather/flat-table.ts";

/** By column; UTC where nothing is said, as where what is said cannot be read. */
export function zonesIn(arrowSchema: string): (column: string) => string {
  const zones = zonesOf(arrowSchema);
  return (column) => zones.get(column) ?? "UTC";
}

/** In front of the message stand four bytes of ones and its length. */
const BEFORE_MESSAGE = 8;

function zonesOf(arrowSchema: string): ReadonlyMap<string, string> {
  const zones = new Map<string, string>();
  if (arrowSchema === "") return zones;
  try {
    const message = rootTable(Buffer.from(arrowSchema, "base64").subarray(BEFORE_MESSAGE));
    const schema = tableField(message, 2);
    for (const { name, type } of schema === null ? [] : readArrowFields(schema)) {
      if (type.kind === "time" && type.zone !== undefined) zones.set(name, type.zone);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return zones;
}
