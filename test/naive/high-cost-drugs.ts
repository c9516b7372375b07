/** `with_high_cost_drugs`. */
import { parseIsoDate } from "../../engine/base/dates.ts";
import type { IsoDate } from "../../engine/base/dates.ts";
import { argument, findsFirst, ownRows, returning } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { suits } from "./fold-text.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { extreme } from "./order.ts";
import { text, whole } from "./row.ts";
import type { Row } from "./row.ts";

export function highCostDrugs(asked: Asked): Found {
  const inPeriod = periodOf(asked);
  const rows = ownRows(asked, "HighCostDrugs").filter(
    (row) =>
      inPeriod(firstOfMonth(row)) &&
      suits(text(row, "DrugName"), argument(asked, "drug_name_matches")),
  );
  if (rows.length === 0) return nothing;
  const date = extreme(rows.map(firstOfMonth), findsFirst(asked));
  return found(returning(asked) === "date" ? date : 1, date);
}

/** "201920" and month 10: January 2020. Month 1 is April. */
function firstOfMonth(row: Row): IsoDate | null {
  const [years, month] = [text(row, "FinancialYear"), whole(row, "FinancialMonth")];
  if (years === null || month === null) return null;
  const year = Number(years.slice(0, 4)) + (month > 9 ? 1 : 0);
  const calendarMonth = month > 9 ? month - 9 : month + 3;
  const two = String(calendarMonth).padStart(2, "0");
  return parseIsoDate(`${String(year).padStart(4, "0")}-${two}-01`);
}
