/** Who the patients are. */
import { createHash } from "node:crypto";
import type { IsoDate } from "../../engine/base/dates.ts";
import { completedYears } from "../../engine/base/dates.ts";
import type { demographics } from "../../engine/definition/functions/demographics.ts";
import { dayMeant, patientRow } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { flag, found } from "./found.ts";
import type { Found } from "./found.ts";
import { day, text } from "./row.ts";

/** A keyed hash of the patient's id. */
function randomSample(asked: Asked<"random_sample">): Found {
  const key = `${asked.column.name}:${asked.patient}`;
  const hash = Number.parseInt(createHash("md5").update(key).digest("hex").slice(0, 8), 16);
  return flag((hash * 100) / 2 ** 32 < Number(asked.column.args.percent));
}

/** Of the tables that tell who a patient is. */
export function demographicsFrom(told: {
  readonly sex: (asked: Asked) => string | null;
  readonly birth: (asked: Asked) => IsoDate | null;
}): AnswerFamily<typeof demographics> {
  return {
    all: () => flag(true),
    random_sample: randomSample,
    sex: (asked) => found(told.sex(asked)),
    age_as_of: (asked) => {
      const birth = told.birth(asked);
      const on = dayMeant(asked, asked.column.dates.reference_date);
      return found(birth === null || on === null ? null : completedYears(birth, on));
    },
    date_of_birth: (asked) => found(told.birth(asked)),
  };
}

export const answerDemographics = demographicsFrom({
  sex: (asked) => text(patientRow(asked), "Sex"),
  birth: (asked) => day(patientRow(asked), "DateOfBirth"),
});
