/** A real Trino as an answer to recorded and random extractions, with a real cohort file. */
import { lowerStudy } from "../../engine/plan/lower/lower-study.ts";
import { planCohort } from "../../engine/plan/passes/plan-cohort.ts";
import { tableUses } from "../../engine/plan/table-uses.ts";
import { physicalNeeds } from "../../engine/schema/physical-needs.ts";
import type { PhysicalTables } from "../../engine/schema/physical-table.ts";
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import type { Extract, Extraction } from "../conformance/extraction-cases.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { cohortsAt, optionsOf } from "../database/duckdb-extract.ts";
import { inTrinoSchema, writeTables } from "./trino-tables.ts";

/** All index dates in one pass, in a schema of the case's own. */
export function trinoExtract(origin: string): Extract {
  return (asked) =>
    inTrinoSchema(origin, async (place) => {
      const tables: PhysicalTables = (asked.provider ?? tpp).tables;
      await writeTables(place, tables, tablesFor(asked), asked.records);
      const url = `${place.url}?${optionsOf(asked)}`;
      return inScratchFolder((folder) =>
        cohortsAt(url, { folder, asked }, { evaluate: "one-pass" }),
      );
    });
}

/** Those that are asked for, and those with rows: each takes the server its time. */
export function tablesFor({
  study,
  records,
  indexDates,
  today,
  provider = tpp,
}: Pick<Extraction, "study" | "records" | "indexDates" | "today" | "provider">): readonly string[] {
  // What codelists are in vocabularies is only known when those are there.
  if (provider.vocabularies !== undefined) return Object.keys(provider.tables);
  const dates = indexDates.filter((date) => date !== null);
  const lowered = lowerStudy({ study, today, previousProductIds: [], provider });
  const uses = tableUses(planCohort(lowered, dates));
  const allowed = { table: "patients_not_opted_out", fields: [], columns: [] } as const;
  const needed = [...physicalNeeds(provider, [...uses, allowed]).keys()];
  const filled = Object.keys(records).filter((name) => (records[name] ?? []).length > 0);
  const known = new Set(Object.keys(provider.tables));
  return [...new Set([...needed, ...filled])].filter((name) => known.has(name));
}
