/** What a function finds for one patient, before anything stands in for what is missing. */
import type { IsoDate } from "../../engine/base/dates.ts";
import type { Row } from "./row.ts";

export interface Found {
  /** null = nothing recorded. A date is the whole day here, whatever the column shows of it. */
  readonly value: string | number | null;
  /** What `date_of` takes. */
  readonly date: IsoDate | null;
  /** The coded event behind the value, where `comparator_from` and its like look. */
  readonly event: Row | null;
}

export const nothing: Found = { value: null, date: null, event: null };

export function found(value: string | number | null, date: IsoDate | null = null): Found {
  return { value, date, event: null };
}

export function flag(holds: boolean, date: IsoDate | null = null): Found {
  return found(holds ? 1 : 0, date);
}
