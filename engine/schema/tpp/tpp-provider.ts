/** A TPP database as a provider of the contract tables. */
import { emptyImd } from "../../base/value-types.ts";
import { isoDateOf } from "../../base/dates.ts";
import { noConceptTables } from "../concept-tables.ts";
import { noSystemTables } from "../system-tables.ts";
import type { Meaning } from "../meaning.ts";
import type { Provider } from "../provision.ts";
import { tppDatasets } from "./tpp-datasets.ts";
import { tppHospitals } from "./tpp-hospitals.ts";
import { tppPrimaryCare } from "./tpp-primary-care.ts";
import { tppTables } from "./tpp-tables.ts";

const meaning: Meaning = {
  ties: "ids",
  undated: "missing",
  eventCodes: "texts",
  places: "as-of",
  practices: "numbers",
  noDeprivation: emptyImd,
  lastDeath: isoDateOf("3000-01-01"),
  vaccines: "names",
  bodyMass: {
    table: "ctv3_events",
    index: ["22K.."],
    weight: ["X76C7", "22A.."],
    height: ["XM01E", "229.."],
    zeroHeight: "index",
    valuesMayBeMissing: false,
  },
};

export const tpp: Provider = {
  name: "tpp",
  described: "a TPP database",
  tables: tppTables,
  meaning,
  provides: {
    ...noConceptTables,
    ...noSystemTables,
    ...tppPrimaryCare,
    ...tppDatasets,
    ...tppHospitals,
  },
};
