/** All makers of tables, those first that have most to do: they work side by side. */
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
  codedEvents,
  medications,
  admissions,
  consultations,
  emergencyCare,
  outpatients,
  registers,
  vaccinations,
  patients,
  practices,
  addresses,
  deaths,
  covid,
  treatments,
];
