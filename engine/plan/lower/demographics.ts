/** Who the patients are. */
import type { demographics } from "../../definition/functions/demographics.ts";
import { compare, flag, integer } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { lowerDate } from "./lower-date.ts";
import type { LowerFamily } from "./lowering.ts";

const patient = (name: "sex" | "born_on"): Value => ({ kind: "patient", name });

export const lowerDemographics: LowerFamily<typeof demographics> = {
  all: () => ({ value: integer(1) }),
  random_sample: (column) => {
    const percent: Value = { kind: "float", value: Number(column.args.percent) };
    return { value: flag(compare({ kind: "patient-hash", salt: column.name }, "<", percent)) };
  },
  sex: () => ({ value: patient("sex") }),
  age_as_of: (column, lowering) => {
    const to = lowerDate(column.dates.reference_date, lowering);
    return { value: { kind: "completed-years", from: patient("born_on"), to } };
  },
  date_of_birth: () => ({ value: patient("born_on") }),
};
