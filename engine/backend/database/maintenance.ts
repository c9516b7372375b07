/** Whether a TPP database is being rebuilt. */
import { tpp } from "../../schema/tpp/tpp-provider.ts";
import { duckdb } from "../../sql/dialects/duckdb.ts";
import { renderTable } from "../../sql/render-table.ts";
import { parseDuckDbUrl } from "../duckdb/duckdb-url.ts";
import { openRecords } from "../duckdb/open-records.ts";
import { sql } from "../../text/sql.ts";

export interface Build {
  readonly event: string;
  /** `YYYY-MM-DD HH:MM:SS…`; both compare as text. */
  readonly startedAt: string;
  readonly endedAt: string;
}

const WHOLE_BUILD = "OpenSAFELY";

/** What begins maintenance where nothing else is said. */
export const usualTriggers = ["Swap Tables", "CodedEvent_SNOMED"] as const;

/** From the first trigger of the build that runs until that build ends, whatever else has ended. */
export function isInMaintenance(builds: readonly Build[], triggers: readonly string[]): boolean {
  const whole = builds
    .filter(({ event }) => event === WHOLE_BUILD)
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0];
  if (whole === undefined || !isOpen(whole)) return false;
  return builds.some(
    ({ event, startedAt }) => startedAt >= whole.startedAt && triggers.includes(event),
  );
}

function isOpen({ endedAt }: Build): boolean {
  return endedAt.startsWith("9999");
}

const fields = ["event", "started_at", "ended_at"];

/** Problems: those of opening the database; a missing table of builds. */
export async function duckDbBuilds(url: string, workspace: string): Promise<readonly Build[]> {
  const parsed = parseDuckDbUrl(url);
  const records = await openRecords(parsed, workspace);
  try {
    await records.ready([{ table: "builds", fields, columns: [] }]);
    const query = renderTable("builds", fields, { provider: tpp, dialect: duckdb, range: null });
    const rows = await records.db.rows(
      sql`SELECT b.event, CAST(b.started_at AS VARCHAR) AS s, CAST(b.ended_at AS VARCHAR) AS e FROM (${query}) b`,
    );
    return rows.map((row) => ({
      event: String(row["event"]),
      startedAt: String(row["s"]),
      endedAt: String(row["e"]),
    }));
  } finally {
    records.close();
  }
}
