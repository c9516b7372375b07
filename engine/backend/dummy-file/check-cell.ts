/** Whether a cell of a supplied file can stand in a column. spec/dummy.md 12.4. */
import type { DateFormat } from "../../base/dates.ts";
import { floatText } from "../../base/value-types.ts";
import type { CohortColumn } from "../../table/cohort-schema.ts";
import { readDay, readNumber, readTruth, readWhole } from "./read-cell.ts";

export interface CellCheck {
  readonly accepts: (text: string) => boolean;
  /** Completes "Expected …". */
  readonly expected: string;
  /** How a refused cell is shown. */
  readonly show: (text: string) => string;
}

const LONGEST_SHOWN = 80;

/**
 * An empty cell is a missing value in every column; ids alone must be there. `wholeDays`: the file's format
 * has days as a type, so that a year or month may be its first day (spec/cohort.md 7.3).
 */
export function cellCheck(column: CohortColumn, wholeDays = false): CellCheck {
  switch (column.type) {
    case "bool":
      return check("1, 0, True, False or nothing", (text) => readTruth(text) !== null);
    case "int":
      return check("a whole number or nothing", (text) => readWhole(text) !== null);
    case "float":
      return check("a number or nothing", (text) => readNumber(text) !== null);
    case "str":
      return check("any text", () => true);
    case "date":
      return dateCheck(column.dateFormat, wholeDays);
  }
}

export const patientIdCheck: CellCheck = {
  accepts: (text) => /^-?\d{1,15}$/.test(text),
  expected: "a whole number in every row",
  show: quoted,
};

function check(expected: string, accepts: (text: string) => boolean): CellCheck {
  return { expected, accepts: (text) => text === "" || accepts(text), show: quoted };
}

/** A year is read as a number, of which 0 is a missing one. */
function dateCheck(format: DateFormat, wholeDays: boolean): CellCheck {
  const dates = check(
    `a date ${format} or nothing`,
    (text) => readDay(text, format) !== null || (wholeDays && isFirstDay(text, format)),
  );
  if (format !== "YYYY") return dates;
  const show = (text: string): string => {
    const number = readNumber(text);
    return number === null ? quoted(text) : floatText(number);
  };
  return { ...dates, accepts: (text) => dates.accepts(text) || readNumber(text) === 0, show };
}

/** `2020-01-01` for a year, `2020-05-01` for a month. */
function isFirstDay(text: string, format: DateFormat): boolean {
  const day = readDay(text, "YYYY-MM-DD");
  return day !== null && day === readDay(text.slice(0, format.length), format);
}

function quoted(text: string): string {
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  // Line breaks and other control characters would tear the message apart.
  const escaped = JSON.stringify(shown).slice(1, -1).replaceAll('\\"', '"');
  return `'${escaped}'`;
}
