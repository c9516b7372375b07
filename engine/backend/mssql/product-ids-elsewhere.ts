/**
 * Ids that products had before: where a database beside the records is named, the predecessor keeps their table there, and
 * not among the records.
 */
import { quoteName } from "../../sql/dialects/mssql-text.ts";
import type { Dialect } from "../../sql/dialects/dialect.ts";
import { sql } from "../../text/sql.ts";
import type { Session } from "../database/session.ts";
import { foundElsewhere } from "./found-tables.ts";
import type { FoundRecords } from "./found-tables.ts";
import { checkAccess } from "./kept-results.ts";

const TABLE = "VmpMapping";

export interface Addressed extends FoundRecords {
  /** Where a table stands, if not among the records. */
  readonly addressed: (dialect: Dialect) => Dialect;
}

/** Problem: mssql-temp-database. */
export async function withProductIds(
  session: Pick<Session, "run" | "rows">,
  found: FoundRecords,
  database: string | null,
): Promise<Addressed> {
  const asTheyAre = { ...found, addressed: (dialect: Dialect) => dialect };
  if (database === null) return asTheyAre;
  await checkAccess({ session, database });
  const there = await foundElsewhere(session, { database, table: TABLE });
  if (there.tables.size === 0) return asTheyAre;
  return {
    tables: new Map([...found.tables, ...there.tables]),
    otherCodePages: new Set([...found.otherCodePages, ...there.otherCodePages]),
    addressed: (dialect) => ({
      ...dialect,
      recordTable: (name) =>
        name === TABLE
          ? sql`${quoteName(database)}..${quoteName(name)}`
          : dialect.recordTable(name),
    }),
  };
}
