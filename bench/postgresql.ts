/**
 * What do twelve index dates take in a PostgreSQL, in one pass and date by date, and how fast do rows come?
 * `npm run bench:postgresql -- FILE.duckdb [RUNS]`, with the server of `POSTGRESQL_SIZE=large
 * test/postgresql/server.sh start`. Its first run loads the records of the file. CPU seconds are those of this process and
 * of the server's.
 */
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connected } from "../engine/backend/postgresql/connection.ts";
import type { Connection } from "../engine/backend/postgresql/connection.ts";
import { loadDriver } from "../engine/backend/postgresql/driver.ts";
import { loginOf } from "../engine/backend/postgresql/login.ts";
import { parsePostgresqlUrl } from "../engine/backend/postgresql/postgresql-url.ts";
import { openRecords } from "../engine/backend/connect.ts";
import { openDuckDb } from "../engine/duckdb/duckdb.ts";
import type { PhysicalKind } from "../engine/schema/physical-table.ts";
import { tppTables } from "../engine/schema/tpp/tpp-tables.ts";
import { identifier, joinSql, sql } from "../engine/text/sql.ts";
import { postgresqlUrl } from "../test/postgresql/ask-postgresql.ts";
import { commonCodes } from "./common-codes.ts";
import { cumulativeStudy } from "./cumulative-study.ts";
import { checked, evaluateStudy, months } from "./evaluate-study.ts";
import type { Took } from "./evaluate-study.ts";
import { exampleStudy } from "./example-study.ts";
import { exampleByHand } from "./postgresql-hand-written.ts";

const [file, given] = process.argv.slice(2);
const origin = postgresqlUrl();
if (file === undefined || origin === null) {
  console.error("Name a DuckDB database, and start a server: test/postgresql/server.sh start");
  process.exit(2);
}
const database = resolve(file);
const runs = Number(given ?? 3);
const url = `${origin}&schema=bench`;

const types: { readonly [K in PhysicalKind]: string } = {
  int: "bigint",
  long: "bigint",
  real: "real",
  bit: "boolean",
  text: "text",
  date: "date",
  datetime: "timestamp",
};

await load();
const studies = {
  example: await exampleStudy(),
  cumulative: checked(
    cumulativeStudy(await commonCodes(database, 1, 6), await commonCodes(database, 7, 3)),
  ),
};
console.log("| what | median s | CPU s | rows |\n| ---- | -------- | ----- | ---- |");
for (const [name, study] of Object.entries(studies)) {
  const [one, each, byHand]: Timed[][] = [[], [], []];
  for (let run = 0; run < runs; run++) {
    // One beside the other, so that what else the machine does is in both.
    for (const [evaluate, took] of [
      ["one-pass", one],
      ["per-date", each],
    ] as const)
      took?.push(await timed(() => evaluateStudy(url, study, { dates: months(12), evaluate })));
    if (name === "example") byHand?.push(await timed(() => exampleByHand(url, study)));
  }
  row(`${name}, 12 dates in one pass`, one ?? []);
  row(`${name}, 12 dates one after the other`, each ?? []);
  if (name === "example") row("the example's rows by hand-written SQL, 12 dates", byHand ?? []);
}
await fetching();
console.log(
  `most memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
);

type Timed = Took & { readonly serverSeconds: number };

async function timed(act: () => Promise<Took>): Promise<Timed> {
  const before = serverSeconds();
  const took = await act();
  // The server's process ends, and is counted, a little later.
  await sleep(300);
  return { ...took, serverSeconds: serverSeconds() - before };
}

/** Of processes that have ended. */
function serverSeconds(): number {
  const folder = dirname(/sslrootcert=([^&]*)/.exec(url)?.[1] ?? "/");
  const pid = readFileSync(join(folder, "tables/postmaster.pid"), "utf8").split("\n")[0] ?? "";
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function row(what: string, took: readonly Timed[]): void {
  const median = (numbers: readonly number[]): string =>
    ([...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN).toFixed(2);
  const seconds = median(took.map((each) => each.seconds));
  const cpu = median(took.map((each) => each.cpuSeconds + each.serverSeconds));
  console.log(`| ${what} | ${seconds} | ${cpu} | ${took[0]?.rows ?? 0} |`);
}

/** Sixteen columns: an id, flags, whole numbers, numbers with fractions, texts, days. */
async function fetching(): Promise<void> {
  const { session } = await openRecords(url, ".");
  const columns = sql`CAST(g AS bigint) AS c1, CAST(g % 2 AS integer) AS c2, CAST(g % 3 AS integer) AS c3, CAST(g % 5 AS integer) AS c4, CAST(g AS bigint) AS c5, CAST(g * 2 AS bigint) AS c6, CAST(g AS bigint) AS c7, CAST(g AS float8) / 7 AS c8, CAST(g AS float8) / 3 AS c9, CAST(g AS float8) AS c10, CASE WHEN g % 2 = 0 THEN 'F' ELSE 'M' END AS c11, CASE WHEN g % 3 = 0 THEN 'North' ELSE 'South East' END AS c12, 'E02001234' AS c13, CAST(g % 9999 AS integer) AS c14, CAST(g % 8888 AS integer) AS c15, CAST(g % 7777 AS integer) AS c16`;
  await session.run(
    sql`CREATE TEMPORARY TABLE sixteen AS SELECT ${columns} FROM generate_series(1, 1000000) AS g`,
  );
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    const cpu = process.cpuUsage();
    let rows = 0;
    let sum = 0;
    for await (const chunk of session.chunks(sql`SELECT * FROM sixteen`)) {
      rows += chunk.rows;
      for (let place = 0; place < 16; place++) {
        if (place >= 10 && place <= 12) sum += chunk.values(place).length;
        else sum += chunk.raw(place, Float64Array)[0] ?? 0;
      }
    }
    const milliseconds = performance.now() - started;
    const used = process.cpuUsage(cpu);
    const perSecond = Math.round(rows / (milliseconds / 1000));
    console.log(
      `rows a second: ${perSecond}, by CPU of this process ${Math.round(rows / ((used.user + used.system) / 1e6))} (${sum})`,
    );
  }
  await session.close();
}

async function load(): Promise<void> {
  const parsed = parsePostgresqlUrl(url, {});
  const login = loginOf(parsed, { environment: {}, workspace: "." }, () => undefined);
  const connection = await connected(await loadDriver(), { url: parsed, login });
  const there = await connection.query("SELECT 1 FROM pg_namespace WHERE nspname = 'bench'");
  if (there.rows.length === 0) await loadInto(connection);
  await connection.close();
}

async function loadInto(connection: Connection): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-bench-"));
  const db = await openDuckDb({ path: database, reach: [folder], readOnly: true });
  await connection.query("CREATE SCHEMA bench");
  for (const [name, columns] of Object.entries(tppTables)) {
    const path = join(folder, "table.csv");
    const names = joinSql(Object.keys(columns).map(identifier), ", ");
    const declared = Object.entries(columns).map(([column, kind]) => `"${column}" ${types[kind]}`);
    await connection.query(`CREATE TABLE bench."${name}" (${declared.join(", ")})`);
    await db.run(sql`COPY (SELECT ${names} FROM ${identifier(name)}) TO ${path} (FORMAT csv)`);
    await connection.copyIn(`COPY bench."${name}" FROM STDIN (FORMAT csv, HEADER)`, piecesOf(path));
  }
  await connection.query("ANALYZE");
  db.close();
  rmSync(folder, { recursive: true });
}

function* piecesOf(path: string): Generator<string> {
  const from = openSync(path, "r");
  const bytes = Buffer.alloc(1_048_576);
  for (let size = 1; size > 0;) {
    size = readSync(from, bytes, 0, bytes.length, null);
    if (size > 0) yield bytes.toString("latin1", 0, size);
  }
  closeSync(from);
}
