/** What records with vocabularies are: where they come from, what they span, and how well they are coded. */
import { FEWEST_SHOWN, roughCount } from "../../../base/rounded-count.ts";
import type { ContractTable } from "../../../schema/contract.ts";
import { tablesOf } from "../../../schema/provision.ts";
import { usualVocabularies } from "../../../schema/vocabulary-settings.ts";
import { renderTable } from "../../../sql/render-table.ts";
import { sql } from "../../../text/sql.ts";
import type { Sql } from "../../../text/sql.ts";
import type { Records } from "../records.ts";
import type { SmallRow } from "../session.ts";

/** Lines for a person. A part whose tables are not there is left out. */
export async function recordsReport(records: Records): Promise<readonly string[]> {
  const parts = [origin, vocabularies, people, periods, events, medications, oddDays];
  const lines: string[] = [];
  for (const part of parts) lines.push(...(await part(records)));
  return lines;
}

type Asking = Records;

/** A contract table as a relation; null where the database lacks one of its tables. */
async function relation(
  records: Asking,
  table: ContractTable,
  fields: readonly string[],
): Promise<Sql | null> {
  const { provider, dialect, tables, ready } = records;
  const provision = provider.provides[table] ?? [];
  const needed = provision.flatMap(tablesOf);
  if (provision.length === 0 || !needed.every((name) => tables.has(name.toLowerCase())))
    return null;
  await ready([{ table, fields, columns: [] }]);
  return sql`(${renderTable(table, fields, { provider, dialect, range: null })})`;
}

/** A text of an answer, and what stands where there is none. */
function textIn(row: SmallRow | undefined, name: string, otherwise: string): string {
  const text = row?.[name];
  return typeof text === "string" && text !== "" ? text : otherwise;
}

const count = (row: SmallRow | undefined, name: string): number => Number(row?.[name] ?? 0);

const rough = (row: SmallRow | undefined, name: string): string => roughCount(count(row, name));

async function origin(records: Asking): Promise<readonly string[]> {
  const fields = ["version", "vocabulary_version", "released_on"];
  const from = await relation(records, "record_sources", fields);
  if (from === null) return ["source: not told (no table cdm_source)"];
  const { session, dialect } = records;
  const day = dialect.shownDate(sql`s.released_on`, "YYYY-MM-DD");
  const rows = await session.rows(
    sql`SELECT s.version, s.vocabulary_version, ${day} AS day FROM ${from} s`,
  );
  return rows.map((row) => {
    const [version, vocabulary] = ["version", "vocabulary_version"].map((name) =>
      textIn(row, name, "?"),
    );
    return `source: CDM ${version ?? ""}, vocabulary ${vocabulary ?? ""}, released ${textIn(row, "day", "on a day not told")}`;
  });
}

async function vocabularies(records: Asking): Promise<readonly string[]> {
  const from = await relation(records, "concepts", ["vocabulary"]);
  if (from === null)
    return ["vocabularies: none (no table concept): only match=source_value can be asked"];
  const rows = await records.session.rows(
    sql`SELECT c.vocabulary, count(*) AS n FROM ${from} c GROUP BY c.vocabulary ORDER BY c.vocabulary`,
  );
  const shown = rows.map((row) => `${String(row["vocabulary"])} ${count(row, "n")}`);
  const there = new Set(rows.map((row) => String(row["vocabulary"])));
  const declared = records.provider.vocabularies?.systems ?? {};
  const systems = Object.keys({ ...usualVocabularies, ...declared });
  const known = (system: string) => declared[system] ?? usualVocabularies[system] ?? [];
  const [can, cannot] = [true, false].map((is) =>
    systems.filter((system) => known(system).some((name) => there.has(name)) === is),
  );
  return [
    `vocabularies: ${shown.length === 0 ? "none: the table concept is empty" : shown.join(", ")}`,
    `  codelists of ${can?.join(", ") ?? ""} and omop can be looked up${cannot?.length ? `; none of ${cannot.join(", ")}` : ""}`,
  ];
}

async function people(records: Asking): Promise<readonly string[]> {
  const from = await relation(records, "patients", ["patient_id", "sex", "born_on"]);
  if (from === null) return [];
  const [row] = await records.session.rows(
    sql`SELECT count(*) AS n, sum(CASE WHEN p.sex = '' OR p.sex IS NULL THEN 1 ELSE 0 END) AS unsexed, sum(CASE WHEN p.born_on IS NULL THEN 1 ELSE 0 END) AS unborn FROM ${from} p`,
  );
  return [
    `persons: ${rough(row, "n")}; ${rough(row, "unsexed")} neither M nor F; ${rough(row, "unborn")} without a birthday`,
  ];
}

async function periods(records: Asking): Promise<readonly string[]> {
  const fields = ["patient_id", "starts_at", "ends_at"];
  const from = await relation(records, "practice_registrations", fields);
  if (from === null) return [];
  const { session, dialect } = records;
  const [first, last] = [sql`min(o.starts_at)`, sql`max(o.ends_at)`].map((of) =>
    dialect.shownDate(dialect.dayOf(of), "YYYY"),
  );
  const before = sql`max(o.ends_at) OVER (PARTITION BY o.patient_id ORDER BY o.starts_at, o.ends_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;
  const marked = sql`SELECT o.*, CASE WHEN ${before} > o.starts_at THEN 1 ELSE 0 END AS overlaps FROM ${from} o`;
  const [row] = await session.rows(
    sql`SELECT count(*) AS n, sum(o.overlaps) AS overlaps, ${first ?? sql`''`} AS first, ${last ?? sql`''`} AS last FROM (${marked}) o`,
  );
  return [
    `observation periods: ${rough(row, "n")}, years ${textIn(row, "first", "?")} to ${textIn(row, "last", "?")}`,
    ...(count(row, "overlaps") === 0
      ? []
      : [
          `  ${rough(row, "overlaps")} overlap one before: each is read by itself, and a day in two is covered once`,
        ]),
  ];
}

const KINDS = ["conditions", "measurements", "observations", "procedures"];
const unknown = (of: Sql): Sql => sql`sum(CASE WHEN ${of} IS NULL OR ${of} = 0 THEN 1 ELSE 0 END)`;

function codedLine(name: string, row: SmallRow): string {
  const n = count(row, "n");
  const share = (part: string): string =>
    n > 0 && n < FEWEST_SHOWN
      ? "a few"
      : `${n === 0 ? 0 : Math.round((100 * count(row, part)) / n)} %`;
  return `${name}: ${roughCount(n)}; ${share("sources")} without a source concept, ${share("standards")} without a standard one`;
}

async function events(records: Asking): Promise<readonly string[]> {
  const from = await relation(records, "concept_events", [
    ...["event_kind", "source_concept", "standard_concept"],
  ]);
  if (from === null) return [];
  const rows = await records.session.rows(
    sql`SELECT e.event_kind, count(*) AS n, ${unknown(sql`e.source_concept`)} AS sources, ${unknown(sql`e.standard_concept`)} AS standards FROM ${from} e GROUP BY e.event_kind ORDER BY e.event_kind`,
  );
  return rows.map((row) => codedLine(KINDS[count(row, "event_kind") - 1] ?? "events", row));
}

async function medications(records: Asking): Promise<readonly string[]> {
  const from = await relation(records, "concept_medications", [
    ...["source_concept", "standard_concept"],
  ]);
  if (from === null) return [];
  const [row] = await records.session.rows(
    sql`SELECT count(*) AS n, ${unknown(sql`e.source_concept`)} AS sources, ${unknown(sql`e.standard_concept`)} AS standards FROM ${from} e`,
  );
  return row === undefined ? [] : [codedLine("drug exposures", row)];
}

/** They count all the same, as in other databases. */
async function oddDays(records: Asking): Promise<readonly string[]> {
  const events = await relation(records, "concept_events", ["patient_id", "recorded_at"]);
  const patients = await relation(records, "patients", ["patient_id", "born_on"]);
  const deaths = await relation(records, "concept_deaths", ["patient_id", "died_on"]);
  if (events === null || patients === null || deaths === null) return [];
  const day = records.dialect.dayOf(sql`e.recorded_at`);
  const died = sql`(SELECT d.patient_id, min(d.died_on) AS died_on FROM ${deaths} d GROUP BY d.patient_id)`;
  const [row] = await records.session.rows(
    sql`SELECT sum(CASE WHEN ${day} < p.born_on THEN 1 ELSE 0 END) AS early, sum(CASE WHEN ${day} > d.died_on THEN 1 ELSE 0 END) AS late FROM ${events} e JOIN ${patients} p ON p.patient_id = e.patient_id LEFT JOIN ${died} d ON d.patient_id = e.patient_id`,
  );
  return [
    `events before birth: ${rough(row, "early")}; after death: ${rough(row, "late")} (they count, as in other databases)`,
  ];
}
