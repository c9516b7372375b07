/** A first mapping file from what a database turns out to hold: what looks alike, to be corrected by whoever knows. */
import { visibleText } from "../../base/visible-text.ts";
import { PATIENTS } from "../emis/emis-tables.ts";
import type { FoundColumn } from "../check-provider.ts";
import type { CatalogueTable } from "./catalogue-table.ts";
import { allNearest } from "./nearest-tables.ts";
import type { NearSelection, NearTable } from "./nearest-tables.ts";
import { plainScalar } from "./plain-scalar.ts";

const KNOWN = [
  ["tpp", "AllowedPatientsWithTypeOneDissent"],
  ["tpp", "RegistrationHistory"],
  ["emis", PATIENTS],
] as const;

/** The text of the file. */
export function firstMapping(tables: readonly CatalogueTable[]): string {
  const names = new Set(tables.map(({ name }) => name.toLowerCase()));
  const [known] = KNOWN.find(([, table]) => names.has(table.toLowerCase())) ?? [];
  return known === undefined ? ownMapping(tables) : basedMapping(known);
}

const HEAD = `# How the records of this database are read. Generated from the names and types of its tables: check every line.
# What each table and field means: engine/schema/mapping/tables.md; what can stand behind a field: README.md beside it.
`;

function basedMapping(base: string): string {
  return `${HEAD}based_on: ${base}
# Everything is read as from a database of ${base}. Write what differs here, a field of a table by another column:
#   addresses: {fields: {msoa: COLUMN}}
# or lacking for what the database does not hold.
tables: {}
`;
}

function ownMapping(tables: readonly CatalogueTable[]): string {
  const near = allNearest(withSeenNames(tables));
  const used = new Set(near.flatMap(({ selections }) => selections.map(({ from }) => from.name)));
  const others = tables.filter(({ name }) => !used.has(name));
  const rest = others.map(({ name, columns }) => {
    const shown = columns.map((column) => `${visibleText(column.name)} (${typeText(column)})`);
    return `# ${visibleText(name)}: ${shown.join(", ")}\n`;
  });
  const patients = near.some(({ table }) => table === "patients") ? "" : NO_PATIENTS;
  const left = rest.length === 0 ? "" : `\n# Tables that look like nothing that studies ask:\n`;
  return `${HEAD}based_on: nothing\ntables:\n${patients}${near.map(tableText).join("")}${left}${rest.join("")}`;
}

const NO_PATIENTS = `  # No table looks like one of patients: name yours.
  patients: {from: TABLE, fields: {patient_id: COLUMN}}
`;

/** What cannot be seen in a name may not stand in a mapping file. */
function withSeenNames(tables: readonly CatalogueTable[]): readonly CatalogueTable[] {
  return tables
    .filter(({ name }) => isSeen(name))
    .map(({ name, columns }) => ({ name, columns: columns.filter((each) => isSeen(each.name)) }));
}

function isSeen(name: string): boolean {
  return visibleText(name) === name;
}

function typeText({ type, kind }: FoundColumn): string {
  return kind === null && type === "text" ? "from csv" : visibleText(type);
}

function tableText({ table, selections }: NearTable): string {
  const [only, ...more] = selections;
  if (only !== undefined && more.length === 0)
    return `  ${table}:\n${selectionText(only, "    ", "    ")}`;
  return `  ${table}:\n${selections.map((each) => selectionText(each, "    - ", "      ")).join("")}`;
}

function selectionText({ from, fields }: NearSelection, first: string, indent: string): string {
  const lines = fields.map(({ field, of, column, isSure }) => {
    const why = column === null ? "" : `   # ${visibleText(column.name)}: ${typeText(column)}`;
    return `${indent}  ${isSure ? "" : "# "}${field}: ${of}${why}\n`;
  });
  return `${first}from: ${plainScalar(from.name)}\n${indent}fields:\n${lines.join("")}`;
}
