/** ISARIC, the renal registry and the health-care-worker flag. */
import { parseIsoDate } from "../../engine/base/dates.ts";
import { isaricColumnTypes } from "../../engine/definition/functions/isaric-columns.ts";
import { argument, ownRows, returning } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { sameText } from "./fold-text.ts";
import { flag, found, nothing } from "./found.ts";
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

export function healthcareWorker(asked: Asked): Found {
  return flag(
    ownRows(asked, "HealthCareWorker").some((row) => sameText(text(row, "HealthCareWorker"), "Y")),
  );
}

export function renalRegistry(asked: Asked): Found {
  const inPeriod = periodOf(asked);
  const dataset = datasets[String(argument(asked, "from_dataset"))] ?? "";
  const rows = ownRows(asked, "UKRR").filter(
    (row) => sameText(text(row, "dataset"), dataset) && inPeriod(day(row, "rrt_start")),
  );
  const row = onlyRow(asked, rows);
  return row === null ? nothing : found(renalFact(row, returning(asked)));
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
export function isaricRecord(asked: Asked): Found {
  const inPeriod = periodOf(asked);
  const dated = argument(asked, "date_filter_column");
  const rows = ownRows(asked, "ISARIC_Patient_Data_TopLine").filter(
    (row) => typeof dated !== "string" || inPeriod(writtenDay(asked, recorded(row, dated))),
  );
  const row = onlyRow(asked, rows);
  const value = row === null ? null : recorded(row, returning(asked));
  switch (isaricColumnTypes[returning(asked)]) {
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
