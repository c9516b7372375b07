/** The rows of the example study at 12 months of 2020 by SQL written for it alone. */
import { openDuckDb } from "../engine/duckdb/duckdb.ts";
import type { CheckedStudy } from "../engine/definition/checked-study.ts";
import { joinSql, sql } from "../engine/text/sql.ts";
import type { Sql } from "../engine/text/sql.ts";
import type { Took } from "./evaluate-study.ts";

const FLAGS = 6;

/** Every row of every month leaves the database, in order, as it does for a cohort. */
export async function handWritten(database: string, study: CheckedStudy): Promise<Took> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const db = await openDuckDb({
    memoryLimit: "3GiB",
    settings: { preserve_insertion_order: "false" },
  });
  await db.run(sql`ATTACH ${database} AS records (READ_ONLY)`);
  await db.run(sql`USE records`);
  const lists = study.columns.flatMap(({ args }) =>
    "codelist" in args ? [args.codelist.codes as readonly string[]] : [],
  );
  const codes = lists.flatMap((list, n) => list.map((code) => sql`(${code}, ${n})`));
  await db.run(
    sql`CREATE TEMP TABLE codes AS SELECT * FROM (VALUES ${joinSql(codes, ", ")}) v(code, n)`,
  );
  await db.run(eventsQuery(lists.length));
  await db.run(practicesQuery);
  let rows = 0;
  for (let k = 0; k < 12; k++) {
    for await (const chunk of db.chunks(monthQuery(k, lists.length))) rows += chunk.rows;
  }
  db.close();
  const used = process.cpuUsage(cpu);
  return {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (used.user + used.system) / 1e6,
    rows,
  };
}

function eventsQuery(lists: number): Sql {
  const sums = Array.from({ length: lists }, (_, n) =>
    n < FLAGS
      ? sql`bool_or(c.n = ${n}) AS e${n}`
      : sql`count(*) FILTER (WHERE c.n = ${n}) AS e${n}`,
  );
  return sql`CREATE TEMP TABLE events AS
    SELECT e."Patient_ID" AS id, month(e."ConsultationDate") - 1 AS k, ${joinSql(sums, ", ")}
    FROM "CodedEvent_SNOMED" e JOIN codes c ON c.code = e."ConceptID"
    WHERE e."ConsultationDate" >= TIMESTAMP '2020-01-01' AND e."ConsultationDate" < TIMESTAMP '2021-01-01'
    GROUP BY ALL`;
}

/** Those who never change practice in the year, and those who do at each month. */
const practicesQuery = sql`CREATE TEMP TABLE practices AS
  SELECT r."Patient_ID" AS id, r."StartDate" AS starts, r."EndDate" AS ends,
    o."STPCode" AS stp, o."Region" AS region, o."Organisation_ID" AS practice, r."Registration_ID" AS n
  FROM "RegistrationHistory" r LEFT JOIN "Organisation" o USING ("Organisation_ID")
  WHERE r."StartDate" <= DATE '2020-12-01' AND r."EndDate" > DATE '2020-01-01'`;

function monthQuery(k: number, lists: number): Sql {
  const day = sql`DATE ${`2020-${String(k + 1).padStart(2, "0")}-01`}`;
  const events = Array.from({ length: lists }, (_, n) =>
    n < FLAGS ? sql`coalesce(e.e${n}, FALSE)` : sql`coalesce(e.e${n}, 0)`,
  );
  return sql`WITH practice AS (
      SELECT * FROM practices WHERE starts <= ${day} AND ends > ${day}
      QUALIFY row_number() OVER (PARTITION BY id ORDER BY starts DESC, ends DESC, n) = 1
    ), people AS (
      SELECT p."Patient_ID" AS id, p."Sex" AS sex, date_sub('year', p."DateOfBirth", ${day}) AS age
      FROM "Patient" p
      SEMI JOIN "AllowedPatientsWithTypeOneDissent" a ON a."Patient_ID" = p."Patient_ID"
      ANTI JOIN (SELECT * FROM "ONS_Deaths" WHERE dod <= ${day}) d ON d."Patient_ID" = p."Patient_ID"
    )
    SELECT p.id, p.sex, p.age,
      CASE WHEN age < 18 THEN '0-17' WHEN age < 40 THEN '18-39' WHEN age < 60 THEN '40-59'
        WHEN age < 80 THEN '60-79' ELSE '80+' END AS band,
      coalesce(r.stp, '') AS stp, coalesce(r.region, '') AS region, coalesce(r.practice, 0) AS practice,
      ${joinSql(events, ", ")}
    FROM people p JOIN practice r ON r.id = p.id
    LEFT JOIN (SELECT * FROM events WHERE k = ${k}) e ON e.id = p.id
    WHERE r.practice IS NOT NULL ORDER BY p.id`;
}
