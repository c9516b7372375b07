/** The fields that a contract table has in a mapping file. */
import { contract, contractTables } from "../contract.ts";
import type { ContractTable, FieldType } from "../contract.ts";

/** Every field with its type; rows of patients have the patient's id. */
export function fieldTypes(table: ContractTable): Readonly<Record<string, FieldType>> {
  const fields = contractTables[table];
  return Object.hasOwn(contract, table) ? { patient_id: "id", ...fields } : fields;
}
