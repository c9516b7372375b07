/**
 * The cohort by the plainest means: for each patient, for each column, straight through the rows.
 * The oracle that every faster way is held against; it shares nothing with them but the input language.
 */
import { formatDate } from "../../engine/base/dates.ts";
import type { IsoDate } from "../../engine/base/dates.ts";
import { floatText } from "../../engine/base/value-types.ts";
import type { CheckedColumn, CheckedStudy } from "../../engine/definition/checked-study.ts";
import { evaluateDate } from "../../engine/definition/dates/evaluate-date.ts";
import type { Asked, OtherColumn, PatientId } from "./asked.ts";
import { emptyOf } from "./empty-of.ts";
import type { Found } from "./found.ts";
import { naiveAnswer } from "./naive-function.ts";
import { shownRiskGroup } from "./risk-group.ts";
import { idsInFile } from "./files.ts";
import { whole } from "./row.ts";
import type { Records } from "./row.ts";

export interface NaiveQuestion {
  readonly study: CheckedStudy;
  readonly records: Records;
  /** null = the study's own. */
  readonly indexDate: IsoDate | null;
  readonly today: IsoDate;
  readonly includeOptedOut: boolean;
  /** The text of a file that `f_path` names. */
  readonly readFile: (path: string) => string;
  /** Of the tables of a TPP database where it is absent. */
  readonly reading?: Reading;
}

/** How tables tell of patients. */
export interface Reading {
  readonly patients: (records: Records) => readonly PatientId[];
  /** Those who may be included, where a table lists them. */
  readonly allowed: (records: Records) => ReadonlySet<PatientId> | null;
  readonly answer: (asked: Asked) => Found;
}

const tppReading: Reading = {
  patients: (records) => idsIn(records, "Patient"),
  allowed: (records) => new Set(idsIn(records, "AllowedPatientsWithTypeOneDissent")),
  answer: naiveAnswer,
};

function idsIn(records: Records, table: string): readonly PatientId[] {
  return (records[table] ?? []).map((row) => whole(row, "Patient_ID") ?? 0);
}

export type CohortRow = Readonly<Record<string, string>>;

/** `patient_id` and the visible columns as a cohort file prints them, by ascending id. */
export function naiveCohort(question: NaiveQuestion): readonly CohortRow[] {
  refuseImpossibleDates(question);
  const { study } = question;
  const rows: CohortRow[] = [];
  for (const patient of candidates(question)) {
    if (!mayBeSeen(question, patient)) continue;
    const columns = columnsOf(question, patient);
    if (columns(study.population).shown !== 1) continue;
    // Hidden columns too: what stops a run stops it whether or not the file shows the column.
    const shown = study.columns.map(({ name }) => [name, textOf(columns(name))] as const);
    const texts = new Map(shown);
    const visible = study.output.map((name) => [name, texts.get(name) ?? ""] as const);
    rows.push(Object.fromEntries([["patient_id", String(patient)], ...visible]));
  }
  return rows;
}

/** Patients of the database, and of the file where the population is taken from one; ascending. */
function candidates(question: NaiveQuestion): readonly PatientId[] {
  const { study, records, readFile, reading = tppReading } = question;
  const known = reading.patients(records);
  const population = study.columns.find(({ name }) => name === study.population);
  const listed =
    population !== undefined && "f_path" in population.args
      ? idsInFile(readFile(population.args.f_path))
      : [];
  return [...new Set([...known, ...listed])].sort((a, b) => Number(BigInt(a) - BigInt(b)));
}

/** The table lists those who may be included. */
function mayBeSeen(question: NaiveQuestion, patient: PatientId): boolean {
  const { includeOptedOut, records, reading = tppReading } = question;
  return includeOptedOut || (reading.allowed(records)?.has(patient) ?? true);
}

/** Each column of one patient, computed when it is first asked for. */
function columnsOf(question: NaiveQuestion, patient: PatientId): (name: string) => OtherColumn {
  const known = new Map<string, OtherColumn>();
  const { study, records, readFile, reading = tppReading } = question;
  const at = daysKnown(question);
  const other = (name: string): OtherColumn => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const column = study.columns.find((each) => each.name === name);
    if (column === undefined) throw new Error(`no column ${name}`);
    const found = reading.answer({ column, patient, records, at, other, readFile });
    const result = { column, shown: shownValue(column, found), ...rest(found) };
    known.set(name, result);
    return result;
  };
  return other;
}

function rest({ date, event }: Found): Pick<Found, "date" | "event"> {
  return { date, event };
}

/** The empty value in place of nothing, and of a date what its format leaves. */
function shownValue(column: CheckedColumn, { value }: Found): string | number {
  if (value === null || value === "") return emptyOf(column);
  return column.dateFormat === null
    ? value
    : formatDate(String(value) as IsoDate, column.dateFormat);
}

function textOf({ column, shown }: OtherColumn): string {
  const isRiskGroup =
    column.function === "with_covid_therapeutics" && column.args.returning === "risk_group";
  if (isRiskGroup) return shownRiskGroup(String(shown));
  return column.type === "float" ? floatText(Number(shown)) : String(shown);
}

/** A day outside the calendar stops the run, even where no patient would need it. */
function refuseImpossibleDates(question: NaiveQuestion): void {
  for (const { period, dates } of question.study.columns) {
    for (const expression of [...Object.values(dates), period?.from, period?.to]) {
      if (expression !== undefined && expression !== null) {
        evaluateDate(expression, daysKnown(question));
      }
    }
  }
}

function daysKnown({ indexDate, study, today }: NaiveQuestion) {
  return { indexDate: indexDate ?? study.indexDate, today };
}
