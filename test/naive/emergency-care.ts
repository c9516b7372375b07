/** `attended_emergency_care`. */
import type { emergencyCare } from "../../engine/definition/functions/emergency-care.ts";
import { findsFirst, ownRows, rowsOf } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { isAmong, suits, textsOf } from "./fold-text.ts";
import { found } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { matched } from "./matched.ts";
import { pick } from "./order.ts";
import { day, text, whole } from "./row.ts";
import type { Row } from "./row.ts";

const DIAGNOSES = Array.from(
  { length: 24 },
  (_, i) => `EC_Diagnosis_${String(i + 1).padStart(2, "0")}`,
);

function attended(asked: Asked<"attended_emergency_care">): Found {
  const visits = attendances(asked);
  const winner = pick(visits, {
    first: findsFirst(asked),
    at: (row) => day(row, "Arrival_Date"),
    ties: (row) => [whole(row, "EC_Ident")],
  });
  const destination = found(text(winner, "Discharge_Destination_SNOMED_CT"));
  return matched(asked, visits, "Arrival_Date") ?? destination;
}

/** An attendance counts once for each of its rows of diagnoses, and not at all without one. */
function attendances(asked: Asked<"attended_emergency_care">): readonly Row[] {
  const inPeriod = periodOf(asked);
  const wanted = textsOf(asked.column.args.with_these_diagnoses);
  const visits: Row[] = [];
  for (const visit of ownRows(asked, "EC_ARCHIVED")) {
    if (!inPeriod(day(visit, "Arrival_Date"))) continue;
    const destination = text(visit, "Discharge_Destination_SNOMED_CT");
    if (!suits(destination, asked.column.args.discharged_to)) continue;
    for (const diagnosed of rowsOf(asked, "EC_Diagnosis_ARCHIVED")) {
      if (diagnosed["EC_Ident"] !== visit["EC_Ident"]) continue;
      const suitsOne =
        wanted === null || DIAGNOSES.some((name) => isAmong(text(diagnosed, name), wanted));
      if (suitsOne) visits.push(visit);
    }
  }
  return visits;
}

export const answerEmergencyCare: AnswerFamily<typeof emergencyCare> = {
  attended_emergency_care: attended,
};
