/** The tables that a mapping file may name. */
import { noConceptTables } from "../concept-tables.ts";
import { contractTables } from "../contract.ts";
import type { ContractTable } from "../contract.ts";
import { omopVersionOf } from "./mapping.ts";
import type { Base } from "./mapping.ts";

const all = Object.keys(contractTables);
const isOfConcepts = (name: string): boolean => Object.hasOwn(noConceptTables, name);
const isOfCodes = (name: string): boolean => /_(?:events|medications)$/.test(name);

/** Those of codes of one system are events; those of concepts have a vocabulary to look them up in. */
export const tableNames: readonly string[] = ["events", ...all].filter(
  (name) => !isOfCodes(name) && !isOfConcepts(name),
);

/** Of records based on OMOP, besides those that all records may have. */
export const conceptTableNames: readonly string[] = all.filter(isOfConcepts);

const omopTableNames: readonly string[] = all.filter(
  (name) => isOfConcepts(name) || (!isOfCodes(name) && name !== "medications"),
);

export function namesOf(base: Base): readonly string[] {
  return omopVersionOf(base) === null ? tableNames : omopTableNames;
}

export function isContractTable(name: string): name is ContractTable {
  return Object.hasOwn(contractTables, name);
}
