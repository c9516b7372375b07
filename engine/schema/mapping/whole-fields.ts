/** The fields of selections of a mapping file that nobody wrote: some follow from others, and the rest are not held. */
import type { ContractTable } from "../contract.ts";
import type { Provision, Selection, Source } from "../provision.ts";
import { spokenTable } from "./coded-tables.ts";
import { fieldTypes } from "./field-types.ts";
import type { MappedSelection } from "./mapping.ts";
import type { Notes } from "./shape.ts";

/** What a field is where only the other is given. */
const following: Readonly<Record<string, string>> = {
  known_practice_id: "practice_id",
};

/** An event's or an issue's date is known as it is recorded. */
const KNOWN = "known_at";
const RECORDED = ["recorded_at", "issued_at"];

export function wholeFields(table: ContractTable, selections: Provision): Provision {
  return selections.map((selection): Selection => {
    const fields: Record<string, Source> = {};
    for (const field of Object.keys(fieldTypes(table))) {
      fields[field] = fieldOf(field, selection.fields);
    }
    return { ...selection, fields };
  });
}

function fieldOf(field: string, given: Readonly<Record<string, Source>>): Source {
  const own = given[field];
  if (own !== undefined) return own;
  const others = field === KNOWN ? RECORDED : [following[field] ?? ""];
  const from = others.find((name) => Object.hasOwn(given, name));
  return (from === undefined ? undefined : given[from]) ?? { kind: "lacking" };
}

/** A field that one selection of a table gives, the others must say too: in rows that have none it is missing. */
export function noteUneven(
  table: ContractTable,
  selections: readonly MappedSelection[],
  notes: Notes,
): void {
  const all = new Set(selections.flatMap(({ fields }) => [...fields.keys()]));
  const isOfPatients = Object.hasOwn(fieldTypes(table), "patient_id");
  for (const { fields, at } of selections) {
    if (isOfPatients && !fields.has("patient_id")) {
      notes.note(
        "mapping-key-missing",
        { key: "patient_id", where: `fields of ${spokenTable(table)}` },
        at,
      );
    }
    for (const field of all) {
      if (!fields.has(field) && field !== "patient_id")
        notes.note("mapping-uneven", { table: spokenTable(table), field }, at);
    }
  }
}
