/** The SQL engine as an answer to recorded and random extractions: a real database, a real cohort file. */
import { join } from "node:path";
import { openRecords } from "../../engine/backend/connect.ts";
import type { Evaluate } from "../../engine/backend/database/backend-options.ts";
import type { Dialect } from "../../engine/sql/dialects/dialect.ts";
import { BOUNDS } from "../../engine/sql/gather.ts";
import type { Bounds } from "../../engine/sql/gather.ts";
import type { Extraction } from "../conformance/extraction-cases.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { urlOptionsOf } from "../omop/declared.ts";
import { cohortRows } from "./cohort-rows.ts";
import type { Cohorts } from "./cohort-rows.ts";
import { writeRecordsDatabase } from "./records-database.ts";

interface Asking {
  readonly evaluate: Evaluate;
  /** Go into the database URL. */
  readonly options: string;
  readonly bounds?: Bounds;
  readonly dialect?: Dialect;
}

/** Rows as the cohort file has them, read back as text. */
export function duckDbExtract(
  evaluate: Evaluate,
  options = "",
  { bounds = BOUNDS, ...spoken }: Pick<Asking, "bounds" | "dialect"> = {},
): (asked: Extraction) => Promise<Cohorts> {
  return (asked) =>
    inScratchFolder(async (folder) => {
      const tables = asked.provider?.tables;
      await writeRecordsDatabase(join(folder, "records.duckdb"), asked.records, tables);
      return cohortsFrom(folder, asked, { evaluate, options, bounds, ...spoken });
    });
}

export function cohortsFrom(folder: string, asked: Extraction, asking: Asking): Promise<Cohorts> {
  const options = `${optionsOf(asked)}${asking.options}`;
  return cohortsAt(`duckdb:records.duckdb?${options}`, { folder, asked }, asking);
}

/** What a URL must say for a case. */
export function optionsOf({ provider, includeOptedOut, declared }: Extraction): string {
  const said = declared === undefined ? "" : `&${urlOptionsOf(declared)}`;
  return `provider=${provider?.name ?? "tpp"}&opensafely_include_t1oo=${includeOptedOut}${said}`;
}

/** Who keeps tables on a server that is shared. */
const environment = { EMIS_ORGANISATION_HASH: "who asks" };

/** Cohort files go to the folder. */
export async function cohortsAt(
  url: string,
  extracting: { readonly folder: string; readonly asked: Extraction },
  { evaluate, bounds = BOUNDS, dialect }: Omit<Asking, "options">,
): Promise<Cohorts> {
  const outside = { environment, note: () => undefined };
  const records = await openRecords(url, extracting.folder, outside);
  const spoken = dialect === undefined ? records : { ...records, dialect };
  return cohortRows(spoken, extracting, { evaluate, bounds });
}
