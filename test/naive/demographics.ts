/** Who the patients are. */
import { createHash } from "node:crypto";
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

function sex(asked: Asked): Found {
  return found(text(patientRow(asked), "Sex"));
}

function age(asked: Asked<"age_as_of">): Found {
  const birth = day(patientRow(asked), "DateOfBirth");
  const on = dayMeant(asked, asked.column.dates.reference_date);
  return found(birth === null || on === null ? null : completedYears(birth, on));
}

function dateOfBirth(asked: Asked): Found {
  return found(day(patientRow(asked), "DateOfBirth"));
}

export const answerDemographics: AnswerFamily<typeof demographics> = {
  all: () => flag(true),
  random_sample: randomSample,
  sex,
  age_as_of: age,
  date_of_birth: dateOfBirth,
};
