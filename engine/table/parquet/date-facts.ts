/** What a parquet file says of its dates beside their types. */
import type { DateFormat } from "../../base/dates.ts";
import { fail } from "../../base/problems.ts";
import { instantDays } from "../columns/instant-days.ts";
import type { DayOfInstant } from "../columns/instant-days.ts";
import { zonesIn } from "./arrow-zones.ts";
import { dateFormatsIn } from "./date-formats.ts";
import type { ParquetFooter } from "./parquet-footer.ts";

export interface DateFacts {
  readonly formatOf: (column: string) => DateFormat;
  /** Of a column of moments. Problem: unsupported-column-type, where its zone is not known. */
  readonly daysOf: (column: string) => DayOfInstant;
}

export function dateFacts(
  file: string,
  { dateFormats, arrowSchema }: Pick<ParquetFooter, "dateFormats" | "arrowSchema">,
): DateFacts {
  const zoneOf = zonesIn(arrowSchema);
  const type = "timestamp in a time zone that is not known";
  return {
    formatOf: dateFormatsIn(dateFormats),
    daysOf: (column) =>
      instantDays(zoneOf(column)) ?? fail("unsupported-column-type", { file, column, type }),
  };
}
