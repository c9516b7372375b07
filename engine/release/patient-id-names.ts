/** Names by which people call a patient's number. */
import { csvRows } from "../text/csv-rows.ts";
import { parsedJson } from "./json-columns.ts";
import { shownText } from "./markup-columns.ts";

/** Without case and punctuation. */
const ID_NAMES = new Set([
  "patientid",
  "patid",
  "patientidentifier",
  "patientnumber",
  "pseudopatientid",
  "personid",
  "nhsnumber",
]);

/** What programs call it in tables of patients, where nothing else could be meant. */
const NAMES_AMONG_PATIENTS = new Set([...ID_NAMES, "id", "pid", "patient", "person", "subject"]);

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** A header that holds a patient's number. */
export function idColumn(header: readonly string[]): string | null {
  return header.find((name) => ID_NAMES.has(plain(name))) ?? null;
}

/** Columns of a table of patients that hold their numbers. */
export function idColumnsAmongPatients(header: readonly string[]): readonly number[] {
  return header.flatMap((name, i) => (NAMES_AMONG_PATIENTS.has(plain(name)) ? [i] : []));
}

/** Why the text must have a row for each patient, by the names in it; null where none says so. */
export function namedPatients(type: string, text: string): string | null {
  if (type === ".json" && hasPatients(parsedJson(text), 0)) return "has an object for each patient";
  const heading = headingOf(text);
  if (heading !== null) return `has a table with the column ${heading}`;
  return tableWithId(type, text);
}

const DEEPEST = 100;

/** A list of objects with a patient's number, or an object with a list under such a name. */
function hasPatients(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.some((item) => hasPatients(item, depth + 1));
  const entries = Object.entries(value);
  if (idColumn(entries.map(([key]) => key)) !== null) return true;
  return entries.some(([, held]) => hasPatients(held, depth + 1));
}

/** A heading cell of a table. Code that is shown may name the column. */
function headingOf(text: string): string | null {
  const headings = [...text.matchAll(/<th\b[^>]*>([\s\S]*?)<\/th>/gi)];
  return idColumn(headings.map(([, held = ""]) => shownText(held)));
}

const SEPARATORS = [",", "\t", ";", "|"] as const;

/** A line of column names with a patient's number: the first of a csv file, or one above others like it. */
function tableWithId(type: string, text: string): string | null {
  for (const separator of SEPARATORS) {
    const rows = csvRows(text, separator).map(({ cells }) => cells());
    const at = rows.findIndex(
      (cells, i) =>
        idColumn(cells) !== null &&
        ((type === ".csv" && i === 0) ||
          (cells.length > 1 && rows[i + 1]?.length === cells.length)),
    );
    if (at !== -1) return `has the column ${idColumn(rows[at] ?? [])?.trim() ?? ""}`;
  }
  return null;
}
