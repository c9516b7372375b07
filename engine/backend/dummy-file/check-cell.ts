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

const ISO_LENGTH = 10;

/**
 * An empty cell is a missing value in every column; ids alone must be there. `typed`: the file's format
 * has days only, so that a month or a year is its first day.
 */
export function cellCheck(column: CohortColumn, typed: boolean): CellCheck {
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
      return dateCheck(column.dateFormat, typed);
  }
}

/** `typed` as for `cellCheck`: ids may be floats without a fraction there. */
export function patientIdCheck(typed: boolean): CellCheck {
  const id = typed ? /^-?\d{1,15}(?:\.0)?$/ : /^-?\d{1,15}$/;
  return {
    accepts: (text) => id.test(text),
    expected: "a whole number in every row",
    show: quoted,
  };
}

function check(expected: string, accepts: (text: string) => boolean): CellCheck {
  return { expected, accepts: (text) => text === "" || accepts(text), show: quoted };
}

/** A year is read as a number, of which 0 is a missing one. */
function dateCheck(format: DateFormat, typed: boolean): CellCheck {
  const dates = check(
    `a date ${format} or nothing`,
    (text) => readDay(typed ? shownPart(text, format) : text, format) !== null,
  );
  if (format !== "YYYY") return dates;
  const show = (text: string): string => {
    const number = readNumber(text);
    return number === null ? quoted(text) : floatText(number);
  };
  return { ...dates, accepts: (text) => dates.accepts(text) || readNumber(text) === 0, show };
}

/** `2020-05` for the first day of May where months are shown; any other text as it is. */
function shownPart(text: string, format: DateFormat): string {
  const shown = text.slice(0, format.length);
  const first = `${shown}${"-01-01".slice(format.length - ISO_LENGTH)}`;
  return format !== "YYYY-MM-DD" && text === first ? shown : text;
}

function quoted(text: string): string {
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  // Line breaks and other control characters would tear the message apart.
  const escaped = JSON.stringify(shown).slice(1, -1).replaceAll('\\"', '"');
  return `'${escaped}'`;
}
