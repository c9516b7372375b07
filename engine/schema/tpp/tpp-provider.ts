/** A TPP database as a provider of the contract tables. */
import type { Provider } from "../provision.ts";
import { tppDatasets } from "./tpp-datasets.ts";
import { tppHospitals } from "./tpp-hospitals.ts";
import { tppPrimaryCare } from "./tpp-primary-care.ts";
import { tppTables } from "./tpp-tables.ts";

export const tpp: Provider = {
  name: "tpp",
  described: "a TPP database",
  tables: tppTables,
  provides: { ...tppPrimaryCare, ...tppDatasets, ...tppHospitals },
};
