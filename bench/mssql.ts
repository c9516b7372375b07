/**
 * What a SQL Server costs the client, without one: saying a study of 340 columns at 12 index dates, and taking 1,000,000
 * rows of 15 columns from the protocol's server of the tests, which runs in a process of its own.
 */
import { fork } from "node:child_process";
import { isoDateOf } from "../engine/base/dates.ts";
import { openConnection } from "../engine/backend/mssql/connection.ts";
import { mssqlSession } from "../engine/backend/mssql/mssql-session.ts";
import { parseMssqlUrl } from "../engine/backend/mssql/mssql-url.ts";
import { loadTedious } from "../engine/backend/mssql/tedious.ts";
import { lowerStudy } from "../engine/plan/lower/lower-study.ts";
import { planCohort } from "../engine/plan/passes/plan-cohort.ts";
import { tpp } from "../engine/schema/tpp/tpp-provider.ts";
import { mssql } from "../engine/sql/dialects/mssql.ts";
import { querySql } from "../engine/sql/query.ts";
import { cohortStatement, partStatements, patientBaseStatement } from "../engine/sql/statements.ts";
import { sql } from "../engine/text/sql.ts";
import { tdsServer } from "../test/database/tds-server.ts";
import { wideColumns } from "../test/database/wide-columns.ts";
import { checked } from "../test/definition/study-of.ts";

const ROWS = 1_000_000;
const COLUMNS = 15;
const TIMES = 5;

function median(of: readonly number[]): number {
  return [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;
}

function cpuSeconds(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

/** From the checked study to the text of every statement but uploads. */
function said(): number {
  const study = checked(wideColumns(340, 100));
  const months = Array.from({ length: 12 }, (_, i) =>
    isoDateOf(`2020-${String(i + 1).padStart(2, "0")}-01`),
  );
  const before = process.cpuUsage();
  const today = isoDateOf("2021-01-01");
  const lowered = lowerStudy({ study, today, previousProductIds: [], provider: tpp });
  const plan = planCohort(lowered, months);
  const speaking = { dialect: mssql, provider: tpp, includeOptedOut: false };
  const at = { range: null, wordTypes: new Map() };
  const statements = [
    ...partStatements(plan, speaking, null),
    patientBaseStatement(plan, speaking, { ...at, number: 0 }),
    ...months.map((_, number) => cohortStatement(plan, speaking, { ...at, number })),
  ];
  for (const { query } of statements) String(querySql(query));
  return cpuSeconds(before);
}

async function streamed(port: number): Promise<number> {
  const url = parseMssqlUrl(`mssql://me:word@127.0.0.1:${port}/records?encrypt=false`);
  const options = { userName: "me", password: "word" };
  const login = { authentication: { type: "default", options }, ca: null };
  const patience = { server: "", attempts: 1, firstWait: 1, longestWait: 1, note: () => undefined };
  const connection = await openConnection(await loadTedious(), { url, login, patience });
  const session = mssqlSession({ connection, secondsAtMost: null, patience });
  const before = process.cpuUsage();
  let rows = 0;
  for await (const chunk of session.chunks(sql`SELECT 1`)) {
    rows += chunk.rows;
    for (let column = 0; column < COLUMNS - 1; column++) chunk.raw(column, Float64Array);
    chunk.values(COLUMNS - 1);
  }
  const seconds = cpuSeconds(before);
  await session.close();
  if (rows !== ROWS) throw new Error(`${rows} rows`);
  return seconds;
}

async function serve(): Promise<void> {
  const columns = Array.from({ length: COLUMNS }, (_, i) => {
    if (i === 0) return { name: "id", kind: "bigint" as const };
    return i < COLUMNS - 1
      ? { name: `v${i}`, kind: "float" as const }
      : { name: "word", kind: "nvarchar" as const };
  });
  function* rows() {
    for (let n = 0; n < ROWS; n++)
      yield columns.map(({ kind }, i) => (kind === "nvarchar" ? `word ${n % 50}` : n + i));
  }
  const { port } = await tdsServer({ answer: () => ({ columns, rows: rows() }) });
  process.send?.(port);
}

if (process.send !== undefined) await serve();
else {
  const server = fork(import.meta.filename, { execArgv: process.execArgv });
  const port = await new Promise<number>((resolve) => server.once("message", resolve));
  const taking = [await streamed(port), await streamed(port), await streamed(port)];
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  const shown = `${ROWS} rows of ${COLUMNS} columns: ${median(taking).toFixed(1)} CPU s of the client`;
  console.log(`${shown} (median of ${taking.length}), ${peak} MiB at most`);
  server.disconnect();
  server.kill();
  const speaking = Array.from({ length: TIMES }, said);
  console.log(
    `340 columns, 12 index dates: ${median(speaking).toFixed(2)} CPU s (median of ${TIMES})`,
  );
}
