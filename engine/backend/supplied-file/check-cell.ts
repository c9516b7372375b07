/** What a cell of a supplied file stands for in a column, and whether it can stand there at all. */
import type { DateFormat } from "../../base/dates.ts";
import { floatText } from "../../base/value-types.ts";
import { NO_DATE } from "../../table/cohort-schema.ts";
import type { CohortColumn } from "../../table/cohort-schema.ts";
import {
  isMissing,
  readDay,
  readNumber,
  readPatientId,
  readTruth,
  readWhole,
} from "./read-cell.ts";

export interface CellCheck {
  /** The value as a cohort has it, the empty one where nothing is recorded; null where the cell cannot stand there. */
  readonly read: (text: string) => number | null;
  /** Completes "Expected …". */
  readonly expected: string;
  /** Whether it is a column of whole numbers. */
  readonly ofWholes: boolean;
  /** How a refused cell is shown. */
  readonly show: (text: string) => string;
}

const LONGEST_SHOWN = 80;

const ISO_LENGTH = 10;

export interface CellKind {
  /** The file's format has days only, so that a month or a year is its first day. */
  readonly typed: boolean;
  /** What a number is where nothing is recorded. */
  readonly emptyNumber: number;
}

/** Any text can stand in a text column; what it reads as is without meaning. */
export function cellCheck(column: CohortColumn, { typed, emptyNumber }: CellKind): CellCheck {
  switch (column.type) {
    case "bool":
      return check("1, 0, True, False or nothing", 0, readTruth);
    case "int":
      return { ...check("a whole number or nothing", emptyNumber, readWhole), ofWholes: true };
    case "float":
      return check("a number or nothing", emptyNumber, readNumber);
    case "str":
      return { read: () => 0, expected: "any text", ofWholes: false, show: quoted };
    case "date":
      return dateCheck(column.dateFormat, typed);
  }
}

/** Ids alone must be in every row. */
export const patientIdCheck: CellCheck = {
  read: readPatientId,
  expected: "a whole number in every row, as digits",
  ofWholes: true,
  show: quoted,
};

function check(expected: string, empty: number, read: (text: string) => number | null): CellCheck {
  return {
    expected,
    read: (text) => (isMissing(text) ? empty : read(text)),
    ofWholes: false,
    show: quoted,
  };
}

/** A year is read as a number, of which 0 is a missing one. */
function dateCheck(format: DateFormat, typed: boolean): CellCheck {
  const dates = check(`a date ${format} or nothing`, NO_DATE, (text) =>
    readDay(typed ? shownPart(text, format) : text, format),
  );
  if (format !== "YYYY") return dates;
  const show = (text: string): string => {
    const number = readNumber(text);
    return number === null ? quoted(text) : floatText(number);
  };
  return {
    ...dates,
    read: (text) => dates.read(text) ?? (readNumber(text) === 0 ? NO_DATE : null),
    show,
  };
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
