/** A real PostgreSQL as an answer to recorded and random extractions, with a real cohort file. */
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import type { Extract } from "../conformance/extraction-cases.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { cohortsAt, optionsOf } from "../database/duckdb-extract.ts";
import { tablesFor } from "../trino/trino-extract.ts";
import { inPostgresqlSchema, writeTables } from "./postgresql-tables.ts";

/** All index dates in one pass, in a schema of the case's own. */
export function postgresqlExtract(origin: string): Extract {
  return (asked) =>
    inPostgresqlSchema(origin, async (place) => {
      const { tables } = asked.provider ?? tpp;
      await writeTables(place, tables, tablesFor(asked), asked.records);
      const url = `${place.url}&${optionsOf(asked)}`;
      return inScratchFolder((folder) =>
        cohortsAt(url, { folder, asked }, { evaluate: "one-pass" }),
      );
    });
}
