/** All tables of a database, whatever their layout: for whoever is about to map them. */
import type { CatalogueTable } from "../../schema/mapping/catalogue-table.ts";
import type { Outside } from "./records.ts";

/** Names, columns and types; no row is read. Problems: those of the URL and of connecting. */
export type ReadCatalogue = (
  url: string,
  workspace: string,
  outside: Outside,
) => Promise<readonly CatalogueTable[]>;
