/** A checked study as a plan for all its index dates. Nothing is shared or scheduled yet: see passes/. */
import type { Problem } from "../../base/problems.ts";
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
import type { FunctionName, functionTable } from "../../definition/function-table.ts";
import type { PlanCodelist, PlanColumn } from "../model/cohort-plan.ts";
import type { Summary, ValueFile } from "../model/rows.ts";
import { emptyValue } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { lowerAddresses } from "./addresses.ts";
import { lowerCodedEvents } from "./coded-events.ts";
import { lowerCombining } from "./combining.ts";
import { lowerConsultations } from "./consultations.ts";
import { lowerCovidTests } from "./covid-tests.ts";
import { lowerCovidTreatments } from "./covid-treatments.ts";
import { lowerDeaths } from "./deaths.ts";
import { lowerDemographics } from "./demographics.ts";
import { lowerEmergencyCare } from "./emergency-care.ts";
import { lowerEthnicities } from "./ethnicity.ts";
import { lowerFiles } from "./files.ts";
import { lowerHighCostDrugs } from "./high-cost-drugs.ts";
import { lowerHospitalAdmissions } from "./hospital-admissions.ts";
import { lowerIntensiveCare } from "./intensive-care.ts";
import { lowerOutpatients } from "./outpatients.ts";
import { otherSystems } from "./other-systems.ts";
import { lowerRecordedValues } from "./recorded-values.ts";
import { lowerRegistrations } from "./registrations.ts";
import { lowerRegistries } from "./registries.ts";
import { lowerVaccinations } from "./vaccinations.ts";
import { Lowering } from "./lowering.ts";
import type { LowerColumn, Lowered, LowerFamily, LoweringFacts } from "./lowering.ts";

const functions: LowerFamily<typeof functionTable> = {
  ...lowerAddresses,
  ...lowerCodedEvents,
  ...lowerCombining,
  ...lowerConsultations,
  ...lowerCovidTests,
  ...lowerCovidTreatments,
  ...lowerDeaths,
  ...lowerDemographics,
  ...lowerEmergencyCare,
  ...lowerEthnicities,
  ...lowerFiles,
  ...lowerHighCostDrugs,
  ...lowerHospitalAdmissions,
  ...lowerIntensiveCare,
  ...lowerOutpatients,
  ...lowerRecordedValues,
  ...lowerRegistrations,
  ...lowerRegistries,
  ...lowerVaccinations,
};

/** What a study asks, before it is decided how that is answered. */
export interface LoweredStudy {
  readonly study: CheckedStudy;
  readonly columns: readonly PlanColumn[];
  readonly summaries: readonly Summary[];
  readonly codelists: readonly PlanCodelist[];
  readonly files: readonly ValueFile[];
  /** What the kind of database cannot be asked: then the rest is of no use. */
  readonly problems: readonly Problem[];
}

/** Columns that neither the file nor the population needs are left out. */
export function lowerStudy(facts: LoweringFacts): LoweredStudy {
  const { study } = facts;
  const needed = neededColumns(study);
  const to = new Lowering(facts, needed);
  to.problems.push(...otherSystems(needed, facts));
  const columns = needed.map((column): PlanColumn => {
    to.begin(column);
    const lowered = lowerColumn(column, to);
    to.lowered.set(column.name, lowered);
    const { name, type, dateFormat, hidden } = column;
    const value = filled(column, lowered);
    return { name, type, dateFormat, hidden, value, tidied: lowered.tidied ?? null };
  });
  return {
    study,
    columns,
    summaries: [...to.summaries.values()],
    codelists: to.planCodelists(),
    files: [...to.files.values()],
    problems: to.problems,
  };
}

function lowerColumn<Name extends FunctionName>(
  column: CheckedColumn<Name>,
  to: Lowering,
): Lowered {
  const lower: LowerColumn<Name> = functions[column.function];
  return lower(column, to);
}

/** With the empty value of its type where nothing was recorded; a date stays missing. */
function filled({ type }: CheckedColumn, { value, emptyNumber }: Lowered): Value {
  if (type === "date") return value;
  return { kind: "coalesce", of: value, otherwise: emptyValue(type, emptyNumber) };
}

function neededColumns(study: CheckedStudy): readonly CheckedColumn[] {
  const { columns, output, population, passedConditions } = study;
  const counted = passedConditions === undefined ? [] : [passedConditions];
  const needed = new Set([...output, population, ...counted]);
  // Columns stand after those they read, so that one walk from the end finds all.
  for (const column of [...columns].reverse()) {
    if (needed.has(column.name)) for (const name of column.reads) needed.add(name);
  }
  return columns.filter(({ name }) => needed.has(name));
}
