/** `outpatient_appointment_date`. */
import type { outpatients } from "../../engine/definition/functions/outpatients.ts";
import { findsFirst, ownRows, rowsOf } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { codesOf, fold, isAmong, suits } from "./fold-text.ts";
import { found } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { matched } from "./matched.ts";
import { pick } from "./order.ts";
import { day, text } from "./row.ts";
import type { Row } from "./row.ts";

function outpatientAppointments(asked: Asked<"outpatient_appointment_date">): Found {
  const visits = appointments(asked);
  const winner = pick(visits, {
    first: findsFirst(asked),
    at: (row) => day(row, "Appointment_Date"),
    ties: (row) => [text(row, "Consultation_Medium_Used")],
  });
  const medium = found(text(winner, "Consultation_Medium_Used"));
  return matched(asked, visits, "Appointment_Date") ?? medium;
}

function appointments(asked: Asked<"outpatient_appointment_date">): readonly Row[] {
  const inPeriod = periodOf(asked);
  const visits: Row[] = [];
  for (const row of ownRows(asked, "OPA_ARCHIVED")) {
    if (inPeriod(day(row, "Appointment_Date")) && isWanted(asked, row)) {
      for (let times = procedures(asked, row); times > 0; times--) visits.push(row);
    }
  }
  return visits;
}

function isWanted(asked: Asked<"outpatient_appointment_date">, row: Row): boolean {
  const attended = isAmong(text(row, "Attendance_Status"), ["5", "6"]);
  const firstVisit = isAmong(text(row, "First_Attendance"), ["1", "3"]);
  return (
    (asked.column.args.attended !== true || attended) &&
    (asked.column.args.is_first_attendance !== true || firstVisit) &&
    suits(
      text(row, "Treatment_Function_Code"),
      asked.column.args.with_these_treatment_function_codes,
    )
  );
}

/** How often the appointment counts: once for each row of procedures that suits, if any are asked for. */
function procedures(asked: Asked<"outpatient_appointment_date">, appointment: Row): number {
  const codelist = asked.column.args.with_these_procedures;
  if (codelist === undefined) return 1;
  const codes = codesOf(codelist).map(fold);
  const rows = rowsOf(asked, "OPA_Proc_ARCHIVED").filter((row) => {
    const field = text(row, "Primary_Procedure_Code");
    return (
      row["OPA_Ident"] === appointment["OPA_Ident"] &&
      field !== null &&
      codes.some((code) => fold(field).includes(code))
    );
  });
  return rows.length;
}

export const answerOutpatients: AnswerFamily<typeof outpatients> = {
  outpatient_appointment_date: outpatientAppointments,
};
