/** Visits of kinds, and the codes that were recorded during them; deaths. */
import { toDayNumber } from "../../engine/base/dates.ts";
import type { consultations } from "../../engine/definition/functions/consultations.ts";
import type { deaths } from "../../engine/definition/functions/deaths.ts";
import type { emergencyCare } from "../../engine/definition/functions/emergency-care.ts";
import type { hospitalAdmissions } from "../../engine/definition/functions/hospital-admissions.ts";
import type { intensiveCare } from "../../engine/definition/functions/intensive-care.ts";
import type { outpatients } from "../../engine/definition/functions/outpatients.ts";
import type { Codelist } from "../../engine/definition/model.ts";
import { findsFirst, rowsOf } from "../naive/asked.ts";
import type { AnswerFamily, Asked } from "../naive/asked.ts";
import { suits } from "../naive/fold-text.ts";
import { found, nothing } from "../naive/found.ts";
import type { Found } from "../naive/found.ts";
import { periodOf } from "../naive/in-period.ts";
import { matched } from "../naive/matched.ts";
import { extreme, pick } from "../naive/order.ts";
import { day, text, whole } from "../naive/row.ts";
import type { Row } from "../naive/row.ts";
import { codedBy, CONDITIONS, PROCEDURES } from "./coded-rows.ts";
import type { CodedTable } from "./coded-rows.ts";
import { decider } from "./codes.ts";
import type { Declared } from "./declared.ts";
import { idKey, ownRows } from "./own-rows.ts";

const START = "visit_start_date";

/** Those that begin in the period. */
function visitsOf(asked: Asked, kinds: readonly number[]): readonly Row[] {
  const inPeriod = periodOf(asked);
  return ownRows(asked, "visit_occurrence").filter(
    (row) => kinds.includes(whole(row, "visit_concept_id") ?? 0) && inPeriod(day(row, START)),
  );
}

interface During {
  readonly in: CodedTable;
  readonly declared: Declared;
  readonly isPrefix?: boolean;
  readonly suits?: (row: Row) => boolean;
}

/** Those during which some code of the list was recorded. */
function withCode(
  asked: Asked,
  visits: readonly Row[],
  codelist: Codelist | undefined,
  { in: { table, by }, declared, isPrefix = false, suits: isWanted = () => true }: During,
): readonly Row[] {
  if (codelist === undefined) return visits;
  const decide = decider(asked, codelist, { declared, isPrefix });
  const rows = rowsOf(asked, table).filter((row) => isWanted(row) && decide(row, by) !== null);
  const ids = new Set(rows.map((row) => text(row, "visit_occurrence_id")));
  return visits.filter((visit) => ids.has(text(visit, "visit_occurrence_id")));
}

function winner(
  asked: Asked<"attended_emergency_care" | "admitted_to_hospital">,
  all: readonly Row[],
) {
  return pick(all, {
    first: findsFirst(asked),
    at: (row) => day(row, START),
    ties: (row) => [idKey(row, "visit_occurrence_id")],
  });
}

const PRIMARY = [32902, 32901, 32903];

function admissions(asked: Asked<"admitted_to_hospital">, declared: Declared): readonly Row[] {
  const { args } = asked.column;
  const during = { declared, isPrefix: true };
  const diagnoses = { ...during, in: CONDITIONS };
  const isPrimary = (row: Row): boolean =>
    PRIMARY.includes(whole(row, "condition_status_concept_id") ?? 0);
  let visits: readonly Row[] = visitsOf(asked, [9201, 262]).filter(
    (row) =>
      suits(text(row, "admitted_from_source_value"), args.with_source_of_admission) &&
      suits(text(row, "discharged_to_source_value"), args.with_discharge_destination),
  );
  visits = withCode(asked, visits, args.with_these_diagnoses, diagnoses);
  const primary = { ...diagnoses, suits: isPrimary };
  visits = withCode(asked, visits, args.with_these_primary_diagnoses, primary);
  return withCode(asked, visits, args.with_these_procedures, { ...during, in: PROCEDURES });
}

function admitted(asked: Asked<"admitted_to_hospital">, declared: Declared): Found {
  const visits = admissions(asked, declared);
  switch (asked.column.args.returning) {
    case "date_admitted":
      return (
        matched({ column: { args: { ...asked.column.args, returning: "date" } } }, visits, START) ??
        nothing
      );
    case "date_discharged":
      return found(
        extreme(
          visits.map((row) => day(row, "visit_end_date")),
          findsFirst(asked),
        ),
      );
    case "total_bed_days_in_period":
      return found(visits.length === 0 ? null : bedDays(visits));
    case "source_of_admission":
      return found(text(winner(asked, visits), "admitted_from_source_value"));
    case "discharge_destination":
      return found(text(winner(asked, visits), "discharged_to_source_value"));
    default:
      return matched(asked, visits, START) ?? nothing;
  }
}

/** Of each day of admission the longest stay, with the day that it begins. */
function bedDays(visits: readonly Row[]): number {
  const longest = new Map<string, number>();
  for (const visit of visits) {
    const [from, to] = [day(visit, START), day(visit, "visit_end_date")];
    if (from === null || to === null) continue;
    const days = toDayNumber(to) - toDayNumber(from) + 1;
    longest.set(from, Math.max(days, longest.get(from) ?? days));
  }
  return [...longest.values()].reduce((sum, days) => sum + days, 0);
}

function attended(asked: Asked<"attended_emergency_care">, declared: Declared): Found {
  const { with_these_diagnoses: given, discharged_to: to } = asked.column.args;
  const codelist =
    given === undefined || "codes" in given ? given : { system: "snomed", codes: given };
  const visits = withCode(asked, visitsOf(asked, [9203, 262]), codelist, {
    ...{ in: CONDITIONS, declared },
  }).filter((row) => suits(text(row, "discharged_to_source_value"), to));
  const destination = text(winner(asked, visits), "discharged_to_source_value");
  return matched(asked, visits, START) ?? found(destination);
}

function intensive(asked: Asked<"admitted_to_icu">): Found {
  const days = visitsOf(asked, [32037]).map((row) => day(row, START));
  if (days.length === 0) return nothing;
  const isDate = asked.column.args.returning === "date_admitted";
  return found(isDate ? extreme(days, findsFirst(asked)) : 1);
}

type Death = Asked<
  | "died_from_any_cause"
  | "with_these_codes_on_death_certificate"
  | "with_death_recorded_in_primary_care"
>;

/** Each fact by itself is the smallest over all rows of the period that suit. */
function died(
  asked: Death,
  declared: Declared,
  isWanted: (row: Row) => boolean = () => true,
): Found {
  const inPeriod = periodOf(asked);
  const rows = ownRows(asked, "death").filter(
    (row) => inPeriod(day(row, "death_date")) && isWanted(row),
  );
  if (rows.length === 0) return nothing;
  switch (asked.column.args.returning) {
    case "date_of_death":
      return found(
        extreme(
          rows.map((row) => day(row, "death_date")),
          true,
        ),
      );
    case "underlying_cause_of_death":
      return found(
        extreme(
          rows.map((row) => icd10Of(asked, row, declared)),
          true,
        ),
      );
    default:
      return found(1);
  }
}

function icd10Of(asked: Asked, row: Row, { vocabularies = {} }: Declared): string | null {
  const id = whole(row, "cause_source_concept_id");
  const concept = rowsOf(asked, "concept").find((each) => whole(each, "concept_id") === id) ?? null;
  const icd10 = vocabularies["icd10"] ?? ["ICD10"];
  if (id === null || !icd10.includes(text(concept, "vocabulary_id") ?? "")) return null;
  return text(concept, "concept_code")?.replaceAll(".", "") ?? null;
}

type Visited = AnswerFamily<
  typeof consultations &
    typeof outpatients &
    typeof hospitalAdmissions &
    typeof emergencyCare &
    typeof intensiveCare &
    Omit<typeof deaths, "with_death_recorded_in_cpns">
>;

export function visits(declared: Declared): Visited {
  const kinds = declared;
  return {
    with_gp_consultations: (asked) =>
      matched(asked, visitsOf(asked, kinds.consultations ?? []), START) ?? nothing,
    outpatient_appointment_date: (asked) =>
      matched(asked, visitsOf(asked, kinds.outpatients ?? []), START) ?? nothing,
    admitted_to_hospital: (asked) => admitted(asked, declared),
    attended_emergency_care: (asked) => attended(asked, declared),
    admitted_to_icu: intensive,
    died_from_any_cause: (asked) => died(asked, declared),
    with_death_recorded_in_primary_care: (asked) => died(asked, declared),
    with_these_codes_on_death_certificate: (asked) => {
      const decide = decider(asked, asked.column.args.codelist, { declared });
      return died(asked, declared, (row) => decide(row, codedBy("cause")) !== null);
    },
  };
}
