/** GP consultations, decision support and vaccinations. */
import { argument, findsFirst, ownRows, rowsOf } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { suits } from "./fold-text.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { matched } from "./matched.ts";
import { pick } from "./order.ts";
import { day, moment, real, text, whole } from "./row.ts";
import type { Row } from "./row.ts";

/** Arrived, waiting, in progress, finished, patient walked out, visit. */
const SEEN = [1, 9, 3, 4, 16, 8];
const ELECTRONIC_FRAILTY_INDEX = 1;

export function gpConsultations(asked: Asked): Found {
  const inPeriod = periodOf(asked);
  const seen = ownRows(asked, "Appointment").filter(
    (row) => SEEN.includes(whole(row, "Status") ?? -1) && inPeriod(day(row, "SeenDate")),
  );
  return matched(asked, seen, "SeenDate") ?? nothing;
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
  const winner = pick(rows, {
    first: findsFirst(asked),
    at: (row) => moment(row, "CalculationDateTime"),
    ties: (row) => [real(row, "NumericValue")],
  });
  const value = found(real(winner, "NumericValue"), day(winner, "CalculationDateTime"));
  return matched(asked, rows, "CalculationDateTime") ?? value;
}

export function vaccinations(asked: Asked): Found {
  const inPeriod = periodOf(asked);
  const given = ownRows(asked, "Vaccination").filter(
    (row) => inPeriod(day(row, "VaccinationDate")) && isWanted(asked, row),
  );
  return matched(asked, given, "VaccinationDate") ?? nothing;
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
