/** A first mapping file from what a database turns out to hold: what looks alike, to be corrected by whoever knows. */
import { visibleText } from "../../base/visible-text.ts";
import { PATIENTS } from "../emis/emis-tables.ts";
import type { OmopSchemas } from "../omop/in-schemas.ts";
import { PERSON, visitPlaces } from "../omop/omop-tables.ts";
import type { OmopVersion } from "../omop/omop-tables.ts";
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
  if (known !== undefined) return basedMapping(known);
  const omop = omopIn(tables);
  return omop === null ? ownMapping(tables) : omopMapping(omop);
}

interface OmopIn extends OmopSchemas {
  readonly version: OmopVersion;
}

/** Null where tables are none of the model's. A schema is told where names without one find no persons. */
function omopIn(tables: readonly CatalogueTable[]): OmopIn | null {
  const [person, concept] = [PERSON, "concept"].map((name) => placeOf(name, tables));
  if (person === undefined || !hasColumn(person, "gender_concept_id")) return null;
  const cdm = schemaOf(person);
  const visits = placeOf("visit_occurrence", tables, cdm);
  const isOld = visits !== undefined && hasColumn(visits, visitPlaces["5.3"][0]);
  const vocabulary = concept === undefined ? null : schemaOf(concept);
  return { version: isOld ? "5.3" : "5.4", cdm, vocabulary };
}

/** Without a schema if it can be, or in the one that is asked for. */
function placeOf(
  name: string,
  tables: readonly CatalogueTable[],
  schema: string | null = null,
): CatalogueTable | undefined {
  const all = tables.filter((each) => each.name.toLowerCase().split(".").at(-1) === name);
  return all.find((each) => schemaOf(each) === schema) ?? all[0];
}

function schemaOf({ name }: CatalogueTable): string | null {
  const point = name.indexOf(".");
  return point === -1 ? null : name.slice(0, point);
}

function hasColumn({ columns }: CatalogueTable, name: string): boolean {
  return columns.some((column) => column.name.toLowerCase() === name);
}

function omopMapping({ version, cdm, vocabulary }: OmopIn): string {
  const schemas = Object.entries({ cdm, vocabulary: vocabulary ?? cdm }).flatMap(([role, name]) =>
    name === null ? [] : [`${role}: ${plainScalar(name)}`],
  );
  return `${HEAD}based_on: omop-${version}
${schemas.length === 0 ? "" : `schemas: {${schemas.join(", ")}}\n`}# Everything is read as engine/schema/omop/README.md tells. Say here what the site knows besides, and write what differs:
# codes: {match: source-then-standard, systems: {ctv3: [Read]}}
# data_until: 2024-03-31
# consultations: [9202, 581477]
# outpatients: [9202]
# history: complete
# bmi: {units_if_missing: {weight: kg, height: cm}}
# deaths: {primary_care_types: [32848], cause_is_underlying: true}
# tables:
#   practice_registrations: {fields: {region: location.location_source_value}}
#   addresses: {fields: {msoa: location.zip}}
`;
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
