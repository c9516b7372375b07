/** Patients' rows in files that are not tables: JSON, web pages, plain text. */
import { idColumn } from "./patient-table.ts";
import { TableSplitter } from "./table-text.ts";

/** Why the text looks as if it had a row for each patient, or null. */
export function patientsInText(type: string, text: string): string | null {
  switch (type) {
    case ".json":
      return patientsInJson(text);
    case ".html":
    case ".svg":
      return patientsInMarkup(text);
    case ".txt":
    case ".log":
    case ".md":
      return patientsInPlainText(text);
    default:
      return null;
  }
}

/** A list of objects with a patient's number, or an object with a list under such a name. */
function patientsInJson(text: string): string | null {
  const parsed = parsedJson(text) ?? text.split("\n").map(parsedJson);
  return hasPatients(parsed, 0) ? "has an object for each patient" : null;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const DEEPEST = 20;

function hasPatients(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.some((item) => hasPatients(item, depth + 1));
  const entries = Object.entries(value);
  if (idColumn(entries.map(([key]) => key)) !== null) return true;
  return entries.some(([, held]) => hasPatients(held, depth + 1));
}

/** A heading cell of a table. Code that is shown may name the column. */
function patientsInMarkup(text: string): string | null {
  const headings = [...text.matchAll(/<th\b[^>]*>([^<]*)<\/th>/gi)].map(([, held = ""]) => held);
  const named = idColumn(headings.map((heading) => heading.trim()));
  return named === null ? null : `has a table with the column ${named}`;
}

const SEPARATORS = [",", "\t", ";", "|"] as const;

/** A line of column names with a patient's number, and a line with as many cells below it. */
function patientsInPlainText(text: string): string | null {
  for (const separator of SEPARATORS) {
    const splitter = new TableSplitter(separator);
    const rows = [...splitter.take(text), ...splitter.end()];
    const at = rows.findIndex(
      ({ cells }, i) =>
        cells.length > 1 &&
        idColumn(cells.map((cell) => cell.trim())) !== null &&
        rows[i + 1]?.cells.length === cells.length,
    );
    if (at !== -1) return "holds a table with a column of patients' numbers";
  }
  return null;
}
