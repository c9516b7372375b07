/** Whether a TPP database is being rebuilt. */
import { renderTable } from "../../sql/render-table.ts";
import { sql } from "../../text/sql.ts";
import { fail } from "../problems.ts";
import type { Records } from "./records.ts";

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

/** Problems: builds-unknown, a missing table of builds. */
export async function buildsIn(records: Records): Promise<readonly Build[]> {
  const { session, dialect, provider } = records;
  if (provider.provides.builds === null) fail("builds-unknown", { provider: provider.described });
  await records.ready([{ table: "builds", fields, columns: [] }]);
  const query = renderTable("builds", fields, { provider, dialect, range: null });
  const [started, ended] = [dialect.timeText(sql`b.started_at`), dialect.timeText(sql`b.ended_at`)];
  const rows = await session.rows(
    sql`SELECT b.event, ${started} AS s, ${ended} AS e FROM (${query}) b`,
  );
  return rows.map((row) => ({
    event: String(row["event"]),
    startedAt: String(row["s"]),
    endedAt: String(row["e"]),
  }));
}
