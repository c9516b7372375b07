/** ISARIC and the UK Renal Registry. */
import type { registries } from "../../engine/definition/functions/registries.ts";
import { parseIsoDate } from "../../engine/base/dates.ts";
import { isaricColumnTypes } from "../../engine/definition/functions/isaric-columns.ts";
import { ownRows } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { sameText } from "./fold-text.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { Refused } from "./refused.ts";
import { day, real, text } from "./row.ts";
import type { Row } from "./row.ts";

const datasets: Readonly<Record<string, string>> = {
  "2019_prevalence": "2019prev",
  "2020_prevalence": "2020prev",
  "2021_prevalence": "2021prev",
  "2020_incidence": "2020inc",
  "2020_ckd": "2020ckd",
};

function renalRegistry(asked: Asked<"with_record_in_ukrr">): Found {
  const inPeriod = periodOf(asked);
  const { from_dataset: from, returning } = asked.column.args;
  const dataset = datasets[from] ?? "";
  const rows = ownRows(asked, "UKRR").filter(
    (row) => sameText(text(row, "dataset"), dataset) && inPeriod(day(row, "rrt_start")),
  );
  const row = onlyRow(asked, rows);
  return row === null ? nothing : found(renalFact(row, returning));
}

function renalFact(row: Row, name: string): string | number | null {
  switch (name) {
    case "binary_flag":
      return 1;
    case "renal_centre":
      return text(row, "renal_centre");
    case "rrt_start_date":
      return day(row, "rrt_start");
    case "treatment_modality_start":
      return text(row, "mod_start");
    case "treatment_modality_prevalence":
      return text(row, "mod_prev");
    case "latest_creatinine":
      return real(row, "creat");
    default:
      return real(row, "eGFR_ckdepi");
  }
}

/** Everything in the table is text; "" and "NA" are missing. */
function isaricRecord(asked: Asked<"with_an_isaric_record">): Found {
  const inPeriod = periodOf(asked);
  const { date_filter_column: dated, returning } = asked.column.args;
  const rows = ownRows(asked, "ISARIC_Patient_Data_TopLine").filter(
    (row) => dated === undefined || inPeriod(writtenDay(asked, recorded(row, dated))),
  );
  const row = onlyRow(asked, rows);
  const value = row === null ? null : recorded(row, returning);
  switch (isaricColumnTypes[returning]) {
    case "date":
      return found(writtenDay(asked, value));
    case "int":
    case "float":
      return found(writtenNumber(asked, value));
    default:
      return found(value);
  }
}

function recorded(row: Row, name: string): string | null {
  const value = text(row, name);
  return value === "" || value === "NA" ? null : value;
}

/** dd/mm/yyyy. */
function writtenDay(asked: Asked, value: string | null): ReturnType<typeof day> {
  if (value === null) return null;
  const parsed = parseIsoDate(value.split("/").reverse().join("-"));
  if (parsed === null) throw new Refused("unreadable-value", asked.column.name);
  return parsed;
}

function writtenNumber(asked: Asked, value: string | null): number | null {
  if (value === null) return null;
  const number = Number(value);
  if (Number.isNaN(number)) throw new Refused("unreadable-value", asked.column.name);
  return number;
}

/** These tables are expected to hold one row a patient. */
function onlyRow(asked: Asked, rows: readonly Row[]): Row | null {
  if (rows.length > 1) throw new Refused("duplicate-patients", asked.column.name);
  return rows[0] ?? null;
}

export const answerRegistries: AnswerFamily<typeof registries> = {
  with_an_isaric_record: isaricRecord,
  with_record_in_ukrr: renalRegistry,
};
