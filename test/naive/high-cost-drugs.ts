/** `with_high_cost_drugs`. */
import type { highCostDrugs } from "../../engine/definition/functions/high-cost-drugs.ts";
import { parseIsoDate } from "../../engine/base/dates.ts";
import type { IsoDate } from "../../engine/base/dates.ts";
import { findsFirst, ownRows } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { suits } from "./fold-text.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { extreme } from "./order.ts";
import { text, whole } from "./row.ts";
import type { Row } from "./row.ts";

function drugsGiven(asked: Asked<"with_high_cost_drugs">): Found {
  const inPeriod = periodOf(asked);
  const rows = ownRows(asked, "HighCostDrugs").filter(
    (row) =>
      inPeriod(firstOfMonth(row)) &&
      suits(text(row, "DrugName"), asked.column.args.drug_name_matches),
  );
  if (rows.length === 0) return nothing;
  const date = extreme(rows.map(firstOfMonth), findsFirst(asked));
  return found(asked.column.args.returning === "date" ? date : 1, date);
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

export const answerHighCostDrugs: AnswerFamily<typeof highCostDrugs> = {
  with_high_cost_drugs: drugsGiven,
};
