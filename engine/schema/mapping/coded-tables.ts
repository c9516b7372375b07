/** Tables of a mapping file whose rows have a code of a system, by the contract table that each system's rows are in. */
import type { ContractTable } from "../contract.ts";

type Systems = Readonly<Record<string, ContractTable>>;

const events: Systems = { snomed: "snomed_events", ctv3: "ctv3_events" };
const medications: Systems = { dmd: "medications", snomed: "medications" };

const codedTables: Readonly<Record<string, Systems>> = { events, medications };

/** As mapping files call it. */
export function spokenTable(table: ContractTable): string {
  const coded = Object.entries(codedTables).find(([, of]) => Object.values(of).includes(table));
  return coded?.[0] ?? table;
}

/** Null for a table whose rows are of no system. */
export function systemsOf(table: string): Systems | null {
  return Object.hasOwn(codedTables, table) ? (codedTables[table] ?? null) : null;
}
