/** Tables of a mapping file whose rows have a code of a system, by the contract table that each system's rows are in. */
import type { ContractTable } from "../contract.ts";
import { eventTables, medicationTables } from "../system-tables.ts";

type Systems = Readonly<Record<string, ContractTable>>;

const codedTables: Readonly<Record<string, Systems>> = {
  events: eventTables,
  medications: { dmd: "medications", ...medicationTables },
};

/** As mapping files call it. */
export function spokenTable(table: ContractTable): string {
  const coded = Object.entries(codedTables).find(([, of]) => Object.values(of).includes(table));
  return coded?.[0] ?? table;
}

/** Null for a table whose rows are of no system. */
export function systemsOf(table: string): Systems | null {
  return Object.hasOwn(codedTables, table) ? (codedTables[table] ?? null) : null;
}

/** The systems of codelists whose rows stand in one of the tables that are given. */
export function systemsIn(isGiven: (table: ContractTable) => boolean): readonly string[] {
  const all = [...Object.entries(eventTables), ...Object.entries(medicationTables)];
  return [...new Set(all.filter(([, table]) => isGiven(table)).map(([system]) => system))];
}
