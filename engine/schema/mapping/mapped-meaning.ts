/** What records of a layout of its own mean by the questions that kinds of databases answer differently. */
import { isoDateOf } from "../../base/dates.ts";
import { emptyImd } from "../../base/value-types.ts";
import type { BodyMass, Meaning } from "../meaning.ts";
import type { Provider } from "../provision.ts";
import { eventTables, medicationTables } from "../system-tables.ts";
import { systemsIn } from "./coded-tables.ts";

/** Codes of the body mass index, of weight and of height. */
const bySnomed: BodyMass = {
  table: "snomed_events",
  index: ["60621009", "301331008"],
  weight: ["27113001", "162763007"],
  height: ["271603002", "162755006"],
  zeroHeight: "nothing",
  valuesMayBeMissing: true,
};

const byCtv3: BodyMass = {
  table: "ctv3_events",
  index: ["22K.."],
  weight: ["X76C7", "22A.."],
  height: ["XM01E", "229.."],
  zeroHeight: "nothing",
  valuesMayBeMissing: true,
};

type Provides = Provider["provides"];

/** As far as it follows from which tables and fields the records have. */
export function mappedMeaning(provides: Provides): Meaning {
  const hasIds = [
    ...Object.values(eventTables).map((table) => [table, "event_id"] as const),
    ...Object.values(medicationTables).map((table) => [table, "issue_id"] as const),
  ].every(([table, id]) => provides[table] === null || holds(provides, table, id));
  return {
    ties: hasIds ? "ids" : "values",
    undated: "missing",
    eventCodes: "texts",
    systems: systemsIn((table) => provides[table] !== null),
    places: "as-of",
    practices: holds(provides, "practice_registrations", "practice_id") ? "numbers" : "codes",
    noDeprivation: emptyImd,
    lastDeath: isoDateOf("9999-12-31"),
    vaccines: provides.vaccinations === null && provides.immunisations !== null ? "codes" : "names",
    bodyMass: provides.snomed_events === null && provides.ctv3_events !== null ? byCtv3 : bySnomed,
  };
}

function holds(provides: Provides, table: keyof Provides, field: string): boolean {
  const kind = (provides[table] ?? [])[0]?.fields[field]?.kind;
  return kind !== undefined && kind !== "lacking";
}
