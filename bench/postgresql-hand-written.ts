/** The rows of the example study at 12 months of 2020 by SQL written for it and for PostgreSQL alone. */
import type { CheckedStudy } from "../engine/definition/checked-study.ts";
import { openRecords } from "../engine/backend/connect.ts";
import { joinSql, sql, word } from "../engine/text/sql.ts";
import type { Sql } from "../engine/text/sql.ts";
import type { Took } from "./evaluate-study.ts";

const FLAGS = 6;

/** Every row of every month leaves the server, in order, as it does for a cohort. */
export async function exampleByHand(url: string, study: CheckedStudy): Promise<Took> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const { session } = await openRecords(url, ".");
  const lists = study.columns.flatMap(({ args }) =>
    "codelist" in args ? [args.codelist.codes as readonly string[]] : [],
  );
  await session.upload({
    name: "codes",
    columns: { code: "text", n: "int" },
    rows: lists.flatMap((list, n) => list.map((code) => [code, n])),
  });
  for (const [name, query] of [
    ["events", eventsQuery(lists.length)],
    ["practices", practicesQuery],
    ["people", peopleQuery],
  ] as const) {
    await session.run(sql`CREATE TEMPORARY TABLE ${word(name)} AS ${query}`);
    await session.run(sql`ANALYZE ${word(name)}`);
  }
  let rows = 0;
  for (let k = 0; k < 12; k++) {
    for await (const chunk of session.chunks(monthQuery(k, lists.length))) rows += chunk.rows;
  }
  await session.close();
  const used = process.cpuUsage(cpu);
  return {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (used.user + used.system) / 1e6,
    rows,
  };
}

/** How often each list occurs in each month; the first are asked for only as whether they do. */
function eventsQuery(lists: number): Sql {
  const counts = Array.from(
    { length: lists },
    (_, n) => sql`count(*) FILTER (WHERE c.n = ${n}) AS e${n}`,
  );
  const day = sql`e."ConsultationDate"`;
  return sql`SELECT e."Patient_ID" AS id, CAST(date_part('month', ${day}) AS integer) - 1 AS k, ${joinSql(counts, ", ")}
    FROM bench."CodedEvent_SNOMED" e JOIN codes c ON c.code = e."ConceptID"
    WHERE ${day} >= DATE '2020-01-01' AND ${day} < DATE '2021-01-01' GROUP BY 1, 2`;
}

/** Where each patient is registered in the year; at one date of several practices the last. */
const practicesQuery = sql`SELECT r."Patient_ID" AS id, r."StartDate" AS starts, r."EndDate" AS ends,
    o."STPCode" AS stp, o."Region" AS region, o."Organisation_ID" AS practice, r."Registration_ID" AS n
  FROM bench."RegistrationHistory" r JOIN bench."Organisation" o USING ("Organisation_ID")
  WHERE r."StartDate" <= DATE '2020-12-01' AND r."EndDate" > DATE '2020-01-01'`;

/** Those who did not opt out, with the day on which they died. */
const peopleQuery = sql`SELECT p."Patient_ID" AS id, p."Sex" AS sex, p."DateOfBirth" AS born, d.died
  FROM bench."Patient" p JOIN bench."AllowedPatientsWithTypeOneDissent" a ON a."Patient_ID" = p."Patient_ID"
  LEFT JOIN (SELECT "Patient_ID" AS id, min(dod) AS died FROM bench."ONS_Deaths" GROUP BY 1) d ON d.id = p."Patient_ID"`;

function monthQuery(k: number, lists: number): Sql {
  const day = sql`DATE ${`2020-${String(k + 1).padStart(2, "0")}-01`}`;
  const events = Array.from({ length: lists }, (_, n) =>
    n < FLAGS
      ? sql`CASE WHEN e.e${n} > 0 THEN 1 ELSE 0 END AS f${n}`
      : sql`coalesce(e.e${n}, 0) AS f${n}`,
  );
  return sql`SELECT q.id, q.sex, q.age,
      CASE WHEN age < 18 THEN '0-17' WHEN age < 40 THEN '18-39' WHEN age < 60 THEN '40-59'
        WHEN age < 80 THEN '60-79' ELSE '80+' END AS band,
      coalesce(q.stp, '') AS stp, coalesce(q.region, '') AS region, q.practice, ${joinSql(
        Array.from({ length: lists }, (_, n) => sql`q.f${n}`),
        ", ",
      )}
    FROM (SELECT p.id, p.sex, r.stp, r.region, r.practice, CAST(date_part('year', age(${day}, p.born)) AS integer) AS age, ${joinSql(events, ", ")}
      FROM people p
      JOIN (SELECT DISTINCT ON (id) * FROM practices WHERE starts <= ${day} AND ends > ${day} ORDER BY id, starts DESC, ends DESC, n) r ON r.id = p.id
      LEFT JOIN events e ON e.id = p.id AND e.k = ${k}
      WHERE p.died IS NULL OR p.died > ${day}) q
    ORDER BY q.id`;
}
