/** GP consultations, decision support and vaccinations. spec/functions.md 2. */
import { argument, findsFirst, ownRows, returning, rowsOf } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { suits } from "./fold-text.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { extreme, pick } from "./order.ts";
import { day, dayOf, moment, real, text, whole } from "./row.ts";
import type { Row } from "./row.ts";

/** Arrived, waiting, in progress, finished, patient walked out, visit. */
const SEEN = [1, 9, 3, 4, 16, 8];
const ELECTRONIC_FRAILTY_INDEX = 1;

export function gpConsultations(asked: Asked): Found {
  const inPeriod = periodOf(asked);
  const seen = ownRows(asked, "Appointment").filter(
    (row) => SEEN.includes(whole(row, "Status") ?? -1) && inPeriod(day(row, "SeenDate")),
  );
  return aggregate(asked, seen, "SeenDate");
}

export function decisionSupport(asked: Asked): Found {
  const inPeriod = periodOf(asked);
  const all = ownRows(asked, "DecisionSupportValue").filter(
    (row) =>
      whole(row, "AlgorithmType") === ELECTRONIC_FRAILTY_INDEX &&
      inPeriod(day(row, "CalculationDateTime")),
  );
  const rows =
    argument(asked, "ignore_missing_values") === true
      ? all.filter((row) => (real(row, "NumericValue") ?? 0) !== 0)
      : all;
  if (returning(asked) !== "numeric_value") return aggregate(asked, rows, "CalculationDateTime");
  const winner = pick(rows, {
    first: findsFirst(asked),
    at: (row) => moment(row, "CalculationDateTime"),
    ties: (row) => [real(row, "NumericValue")],
  });
  return found(real(winner, "NumericValue"), dayOf(moment(winner, "CalculationDateTime")));
}

export function vaccinations(asked: Asked): Found {
  const inPeriod = periodOf(asked);
  const given = ownRows(asked, "Vaccination").filter(
    (row) => inPeriod(day(row, "VaccinationDate")) && isWanted(asked, row),
  );
  return aggregate(asked, given, "VaccinationDate");
}

/** One row of the reference table must suit in both its disease and its product. */
function isWanted(asked: Asked, vaccination: Row): boolean {
  const wanted = (argument(asked, "tpp") ?? asked.column.args) as Readonly<Record<string, unknown>>;
  return rowsOf(asked, "VaccinationReference").some(
    (row) =>
      row["VaccinationName_ID"] === vaccination["VaccinationName_ID"] &&
      suits(text(row, "VaccinationContent"), wanted["target_disease_matches"]) &&
      suits(text(row, "VaccinationName"), wanted["product_name_matches"]),
  );
}

/** Whether, how many, and the first or last day, which passes over missing ones. */
function aggregate(asked: Asked, rows: readonly Row[], dateColumn: string): Found {
  if (rows.length === 0) return nothing;
  const date = extreme(
    rows.map((row) => day(row, dateColumn)),
    findsFirst(asked),
  );
  switch (returning(asked)) {
    case "date":
      return found(date, date);
    case "number_of_matches_in_period":
      return found(rows.length, date);
    default:
      return found(1, date);
  }
}
