/**
 * What does a study cost a Trino server that reads Parquet files of DuckDB: one pass for twelve dates beside one date and beside
 * single dates, measures from the database beside cohorts and measures, and how fast rows come?
 * `TRINO_PLUGINS="memory hive" TRINO_JVM=-XX:+TieredCompilation TRINO_HEAP=4G test/trino/server.sh start`, then
 * `npm run bench:trino -- FILE.duckdb [RUNS]`.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { askServer } from "../engine/backend/trino/ask-server.ts";
import { trinoSession } from "../engine/backend/trino/trino-session.ts";
import { parseTrinoUrl } from "../engine/backend/trino/trino-url.ts";
import type { CheckedStudy } from "../engine/definition/checked-study.ts";
import { joinSql, literal, sql, word } from "../engine/text/sql.ts";
import { commonCodes } from "./common-codes.ts";
import { cumulativeStudy } from "./cumulative-study.ts";
import { checked, evaluateStudy, months } from "./evaluate-study.ts";
import { EXAMPLE, exampleStudy } from "./example-study.ts";
import { writeHiveTables } from "./trino-records.ts";
import { processorSeconds, timeProcess } from "./whole-process.ts";

const ROWS = 1_000_000;

const [file, given] = process.argv.slice(2);
if (file === undefined || !existsSync(file)) {
  console.error("Name a database: npm run bench:trino -- records.duckdb");
  process.exit(2);
}
const database = resolve(file);
const runs = Number(given ?? 1);
const data = process.env["TRINO_DATA"] ?? "/tmp/cohortline-trino";
const server = Number(readFileSync(join(data, "var/trino.pid"), "utf8"));
const host = new URL(process.env["TRINO_URL"] ?? "http://127.0.0.1:18080").host;
const url = `trino://bench@${host}/hive/records?scratch=hive.scratch`;

const { asking, close } = askServer(
  parseTrinoUrl(url),
  { environment: {}, workspace: "." },
  () => undefined,
);
const session = trinoSession({
  asking,
  secondsAtMost: null,
  keptTable: word,
  text: literal,
  close: () => Promise.resolve(),
});

console.log("| what | server's CPU s | our CPU s | s |");
console.log("| ---- | -------------- | --------- | - |");
await session.run(sql`CREATE SCHEMA IF NOT EXISTS hive.scratch`);
const warehouse = join(data, "warehouse");
await writeHiveTables(session, { file: database, schema: "records", warehouse });
const codes = [await commonCodes(database, 1, 6), await commonCodes(database, 7, 3)] as const;
for (const [name, study] of [
  ["example", await exampleStudy()],
  ["cumulative", checked(cumulativeStudy(...codes))],
] as const) {
  await evaluations(name, study);
}
await measures();
await fetching();
close();

interface Cost {
  readonly server: number;
  readonly ours: number;
  readonly seconds: number;
}

/** The median of the server's. */
async function row(what: string, act: () => Promise<number | undefined>): Promise<void> {
  const costs: Cost[] = [];
  for (let run = 0; run < runs; run++) {
    const [before, started] = [processorSeconds(server) ?? NaN, performance.now()];
    const cpu = process.cpuUsage();
    const ofChild = await act();
    const { user, system } = process.cpuUsage(cpu);
    const ours = (user + system) / 1e6 + (ofChild ?? 0);
    const seconds = (performance.now() - started) / 1000;
    costs.push({ server: (processorSeconds(server) ?? NaN) - before, ours, seconds });
  }
  const [middle] = costs.sort((a, b) => a.server - b.server).slice(Math.floor(costs.length / 2));
  if (middle === undefined) return;
  const shown = [middle.server, middle.ours, middle.seconds].map((n) => n.toFixed(1));
  console.log(`| ${what} | ${shown.join(" | ")} |`);
}

async function evaluations(name: string, study: CheckedStudy): Promise<void> {
  const evaluated = async (count: number, evaluate: "one-pass" | "per-date") => {
    await evaluateStudy(url, study, { dates: months(count), evaluate });
    return undefined;
  };
  // The server compiles what it runs often.
  await evaluated(1, "one-pass");
  await row(`${name}, one date`, () => evaluated(1, "one-pass"));
  await row(`${name}, 12 dates in one pass`, () => evaluated(12, "one-pass"));
  await row(`${name}, 3 dates one after the other`, () => evaluated(3, "per-date"));
}

async function measures(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-bench-"));
  cpSync(EXAMPLE, folder, { recursive: true });
  const range = ["--index-date-range", "2020-01-01 to 2020-12-01 by month"];
  const command = async (...words: readonly string[]): Promise<number> => {
    const ran = await timeProcess("node", [resolve("dist/cli.js"), ...words, "--quiet"], folder);
    return ran.cpuSeconds ?? NaN;
  };
  const database = ["--database-url", url];
  await row("54 measures of 12 dates, from the database", () =>
    command("generate_measures", ...database, ...range),
  );
  await row("12 cohorts, then 54 measures", async () => {
    const cohorts = await command("generate_cohort", ...database, ...range);
    return cohorts + (await command("generate_measures"));
  });
  rmSync(folder, { recursive: true });
}

/** 16 columns of numbers, days and short texts. */
async function fetching(): Promise<void> {
  const kinds = [sql`n`, sql`n % 2`, sql`n / 7e0`, sql`CAST(n % 1000 AS VARCHAR)`];
  const columns = Array.from(
    { length: 16 },
    (_, i) => sql`${kinds[i % 4] ?? sql`n`} AS ${word(`c${i}`)}`,
  );
  const thousand = sql`UNNEST(sequence(0, 999))`;
  const rows = sql`(SELECT a.x * 1000 + b.y AS n FROM ${thousand} a(x) CROSS JOIN ${thousand} b(y)) r`;
  const query = sql`SELECT ${joinSql(columns, ", ")} FROM ${rows}`;
  await row(`${ROWS.toLocaleString("en")} rows of 16 columns fetched`, async () => {
    let count = 0;
    for await (const chunk of session.chunks(query)) {
      for (let at = 0; at < 16; at++) {
        if (at % 4 === 3) chunk.values(at);
        else chunk.raw(at, Float64Array);
      }
      count += chunk.rows;
    }
    if (count !== ROWS) throw new Error(`${count} rows`);
    return undefined;
  });
}
