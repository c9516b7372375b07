/** Every `patients.*` function: its arguments, its `returning` values, its type. */
import { addresses } from "./functions/addresses.ts";
import { codedEvents } from "./functions/coded-events.ts";
import { combining } from "./functions/combining.ts";
import { consultations } from "./functions/consultations.ts";
import { covidTests } from "./functions/covid-tests.ts";
import { covidTreatments } from "./functions/covid-treatments.ts";
import { deaths } from "./functions/deaths.ts";
import { demographics } from "./functions/demographics.ts";
import { emergencyCare } from "./functions/emergency-care.ts";
import { ethnicity } from "./functions/ethnicity.ts";
import { files } from "./functions/files.ts";
import { highCostDrugs } from "./functions/high-cost-drugs.ts";
import { hospitalAdmissions } from "./functions/hospital-admissions.ts";
import { intensiveCare } from "./functions/intensive-care.ts";
import { outpatients } from "./functions/outpatients.ts";
import { recordedValues } from "./functions/recorded-values.ts";
import { registrations } from "./functions/registrations.ts";
import { registries } from "./functions/registries.ts";
import { vaccinations } from "./functions/vaccinations.ts";
import type { FunctionShape } from "./functions/shape.ts";

export const functionTable = {
  ...demographics,
  ...registrations,
  ...addresses,
  ...ethnicity,
  ...codedEvents,
  ...recordedValues,
  ...consultations,
  ...vaccinations,
  ...deaths,
  ...intensiveCare,
  ...covidTests,
  ...covidTreatments,
  ...registries,
  ...emergencyCare,
  ...hospitalAdmissions,
  ...outpatients,
  ...highCostDrugs,
  ...combining,
  ...files,
} as const satisfies Record<string, FunctionShape>;

export type FunctionName = keyof typeof functionTable;

export const functionNames = Object.keys(functionTable) as readonly FunctionName[];

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functionTable, name);
}

export function shapeOf(name: FunctionName): FunctionShape {
  return functionTable[name];
}
