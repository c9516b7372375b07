/** `admitted_to_icu`. */
import type { intensiveCare } from "../../engine/definition/functions/intensive-care.ts";
import { findsFirst, ownRows } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { flag, found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { extreme } from "./order.ts";
import { day, whole } from "./row.ts";
import type { Row } from "./row.ts";

function admittedToIcu(asked: Asked<"admitted_to_icu">): Found {
  const inPeriod = periodOf(asked);
  const stays = ownRows(asked, "ICNARC").filter((row) => inPeriod(admission(row)));
  if (stays.length === 0) return nothing;
  const basic = total(stays, "BasicDays_RespiratorySupport");
  const advanced = total(stays, "AdvancedDays_RespiratorySupport");
  switch (asked.column.args.returning) {
    case "date_admitted":
      return found(extreme(stays.map(admission), findsFirst(asked)));
    case "had_respiratory_support":
      return flag(basic !== null && advanced !== null && basic + advanced > 0);
    case "had_basic_respiratory_support":
      return flag(basic !== null && basic > 0);
    case "had_advanced_respiratory_support":
      return flag(advanced !== null && advanced > 0);
    default:
      return found(1);
  }
}

/** The earlier of the two records of it. */
function admission(row: Row): ReturnType<typeof day> {
  return extreme([day(row, "IcuAdmissionDateTime"), day(row, "OriginalIcuAdmissionDate")], true);
}

/** Unknown where every stay leaves it out. */
function total(stays: readonly Row[], name: string): number | null {
  const days = stays.map((row) => whole(row, name)).filter((each) => each !== null);
  return days.length === 0 ? null : days.reduce((sum, each) => sum + each, 0);
}

export const answerIntensiveCare: AnswerFamily<typeof intensiveCare> = {
  admitted_to_icu: admittedToIcu,
};
