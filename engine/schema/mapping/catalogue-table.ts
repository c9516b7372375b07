/** A table of a database by its names and types alone. */
import type { FoundColumn } from "../check-provider.ts";

export interface CatalogueTable {
  /** With its schema where names without one are not found. */
  readonly name: string;
  readonly columns: readonly FoundColumn[];
}
