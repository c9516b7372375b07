/** All makers of tables, in the order in which they work. */
import { addresses } from "./tables/addresses.ts";
import { admissions } from "./tables/admissions.ts";
import { codedEvents } from "./tables/coded-events.ts";
import { consultations } from "./tables/consultations.ts";
import { covid } from "./tables/covid.ts";
import { deaths } from "./tables/deaths.ts";
import { emergencyCare } from "./tables/emergency-care.ts";
import { medications } from "./tables/medications.ts";
import { outpatients } from "./tables/outpatients.ts";
import { patients } from "./tables/patients.ts";
import { practices } from "./tables/practices.ts";
import { registers } from "./tables/registers.ts";
import { treatments } from "./tables/treatments.ts";
import { vaccinations } from "./tables/vaccinations.ts";
import type { TableMaker } from "./world.ts";

/** Every table of the database belongs to exactly one. Proved in test/synthetic/tables.test.ts. */
export const tableMakers: readonly TableMaker[] = [
  patients,
  practices,
  addresses,
  codedEvents,
  medications,
  vaccinations,
  consultations,
  deaths,
  emergencyCare,
  admissions,
  outpatients,
  covid,
  treatments,
  registers,
];
