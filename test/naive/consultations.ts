/** Consultations in general practice. */
import type { consultations } from "../../engine/definition/functions/consultations.ts";
import { ownRows } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { matched } from "./matched.ts";
import { day, whole } from "./row.ts";

/** Arrived, waiting, in progress, finished, patient walked out, visit. */
const SEEN = [1, 9, 3, 4, 16, 8];

function gpConsultations(asked: Asked<"with_gp_consultations">): Found {
  const inPeriod = periodOf(asked);
  const seen = ownRows(asked, "Appointment").filter(
    (row) => SEEN.includes(whole(row, "Status") ?? -1) && inPeriod(day(row, "SeenDate")),
  );
  return matched(asked, seen, "SeenDate") ?? nothing;
}

export const answerConsultations: AnswerFamily<typeof consultations> = {
  with_gp_consultations: gpConsultations,
};
