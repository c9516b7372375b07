/** `admitted_to_hospital`. */
import type { Codelist } from "../../engine/definition/model.ts";
import type { hospitalAdmissions } from "../../engine/definition/functions/hospital-admissions.ts";
import { findsFirst, ownRows, rowsOf } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { codesOf, fold, suits } from "./fold-text.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { extreme, pick } from "./order.ts";
import { day, text, whole } from "./row.ts";
import type { Row } from "./row.ts";

/** A spell and what was derived of it; a spell without that does not count. */
interface Spell {
  readonly apcs: Row;
  readonly derived: Row;
}

/** Column by the name of `returning`. */
const recorded: Readonly<Record<string, string>> = {
  admission_method: "Admission_Method",
  source_of_admission: "Source_of_Admission",
  discharge_destination: "Discharge_Destination",
  patient_classification: "Patient_Classification",
  admission_treatment_function_code: "Der_Admit_Treatment_Function_Code",
  administrative_category: "Administrative_Category",
  duration_of_elective_wait: "Duration_of_Elective_Wait",
};

/** Those that an admission can be asked to have. */
const FILTERS = [
  "admission_method",
  "source_of_admission",
  "discharge_destination",
  "patient_classification",
  "admission_treatment_function_code",
  "administrative_category",
] as const;

function admittedToHospital(asked: Asked<"admitted_to_hospital">): Found {
  const spells = spellsOf(asked);
  if (spells.length === 0) return nothing;
  const first = findsFirst(asked);
  const days = (name: string) =>
    extreme(
      spells.map(({ apcs }) => day(apcs, name)),
      first,
    );
  switch (asked.column.args.returning) {
    case "binary_flag":
      return found(1);
    case "date_admitted":
      return found(days("Admission_Date"));
    case "date_discharged":
      return found(days("Discharge_Date"));
    case "number_of_matches_in_period":
      return found(spells.length);
    case "total_bed_days_in_period":
      return found(totalByDay(spells, ({ apcs }) => nights(apcs)));
    case "total_critical_care_days_in_period":
      return found(totalByDay(spells, ({ derived }) => whole(derived, "Spell_PbR_CC_Day")));
    default:
      return found(ofWinner(spells, first, asked.column.args.returning));
  }
}

function ofWinner(spells: readonly Spell[], first: boolean, name: string): string | null {
  const winner = pick(spells, {
    first,
    at: ({ apcs }) => day(apcs, "Admission_Date"),
    ties: ({ apcs }) => [whole(apcs, "APCS_Ident")],
  });
  if (winner === null) return null;
  if (name === "primary_diagnosis") return text(winner.derived, "Spell_Primary_Diagnosis");
  if (name === "days_in_critical_care") return text(winner.derived, "Spell_PbR_CC_Day");
  return text(winner.apcs, recorded[name] ?? "");
}

/** Nights and the day of discharge. */
function nights(apcs: Row): number | null {
  const stay = whole(apcs, "Der_Spell_LoS");
  return stay === null ? null : stay + 1;
}

/** Of the spells that begin on one day the longest counts. */
function totalByDay(spells: readonly Spell[], length: (spell: Spell) => number | null): number {
  const begin = new Map<string | null, Spell[]>();
  for (const spell of spells) {
    const on = day(spell.apcs, "Admission_Date");
    begin.set(on, [...(begin.get(on) ?? []), spell]);
  }
  let total = 0;
  for (const sameDay of begin.values()) total += extreme(sameDay.map(length), false) ?? 0;
  return total;
}

function spellsOf(asked: Asked<"admitted_to_hospital">): readonly Spell[] {
  const inPeriod = periodOf(asked);
  const spells: Spell[] = [];
  for (const apcs of ownRows(asked, "APCS_ARCHIVED")) {
    if (!inPeriod(day(apcs, "Admission_Date"))) continue;
    for (const derived of rowsOf(asked, "APCS_Der_ARCHIVED")) {
      if (derived["APCS_Ident"] !== apcs["APCS_Ident"]) continue;
      if (isWanted(asked, { apcs, derived })) spells.push({ apcs, derived });
    }
  }
  return spells;
}

function isWanted(asked: Asked<"admitted_to_hospital">, { apcs, derived }: Spell): boolean {
  const { args } = asked.column;
  for (const name of FILTERS) {
    if (!suits(text(apcs, recorded[name] ?? ""), args[`with_${name}`])) return false;
  }
  const primary = fold(text(derived, "Spell_Primary_Diagnosis") ?? "");
  const critical = args.with_at_least_one_day_in_critical_care === true;
  return (
    has(args.with_these_primary_diagnoses, (code) => primary.startsWith(code)) &&
    has(args.with_these_diagnoses, mentions(text(apcs, "Der_Diagnosis_All"))) &&
    has(args.with_these_procedures, mentions(text(apcs, "Der_Procedure_All"))) &&
    (!critical || (whole(derived, "Spell_PbR_CC_Day") ?? 0) > 0)
  );
}

/** Whether one of the codes suits; every spell does where none are given. */
function has(codelist: Codelist | undefined, test: (code: string) => boolean): boolean {
  return codelist === undefined || codesOf(codelist).some((code) => test(fold(code)));
}

/** A code counts where it begins right after a character that is no letter or digit. */
function mentions(field: string | null): (code: string) => boolean {
  const folded = fold(field ?? "");
  return (code) => {
    for (let i = 1; i < folded.length; i++) {
      if (!/[a-z0-9]/.test(folded[i - 1] ?? "") && folded.startsWith(code, i)) return true;
    }
    return false;
  };
}

export const answerHospitalAdmissions: AnswerFamily<typeof hospitalAdmissions> = {
  admitted_to_hospital: admittedToHospital,
};
