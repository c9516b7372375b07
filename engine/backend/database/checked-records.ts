/** What stands in the tables that records are provided from, for whoever maps them: counts, no value of anybody. */
import { contractTables } from "../../schema/contract.ts";
import type { ContractTable, FieldType } from "../../schema/contract.ts";
import { tablesOf } from "../../schema/provision.ts";
import type { Provider } from "../../schema/provision.ts";
import { severalPartners } from "../../sql/render-partners.ts";
import { allowed } from "../../sql/render-base.ts";
import { renderTable } from "../../sql/render-table.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Records } from "./records.ts";

export interface CheckedTable {
  readonly table: ContractTable;
  readonly rows: number;
  readonly fields: readonly CheckedField[];
  /** Rows of patients that the table of patients does not have. */
  readonly strangers: number;
  /** Rows with a date before the patient's birth, and after their death. */
  readonly beforeBirth: number;
  readonly afterDeath: number;
  /** Ids of rows that stand in several; null where rows have no id. */
  readonly repeated: { readonly field: string; readonly ids: number } | null;
  readonly joins: readonly CheckedJoin[];
}

export interface CheckedField {
  readonly field: string;
  readonly missing: number;
  /** How many dates are of each year; null for what is no date. */
  readonly years: ReadonlyMap<number, number> | null;
}

/** A left join that finds several partners. */
export interface CheckedJoin {
  readonly joined: string;
  readonly keys: number;
}

/** What tells rows of a table apart. */
const ids: { readonly [T in ContractTable]?: string } = {
  patients: "patient_id",
  practice_registrations: "registration_id",
  addresses: "address_id",
  ctv3_events: "event_id",
  snomed_events: "event_id",
  medications: "issue_id",
};

/** Of every contract table whose physical tables are there. Problems: those of `ready`. */
export async function checkedRecords(records: Records): Promise<readonly CheckedTable[]> {
  const { provider } = records;
  const checked: CheckedTable[] = [];
  const asOf = (table: ContractTable) => ({
    table,
    fields: heldFields(table, provider),
    columns: [],
  });
  const besides = [
    asOf("patients"),
    ...(records.includeOptedOut ? [] : [asOf("patients_not_opted_out")]),
  ];
  for (const table of Object.keys(contractTables) as ContractTable[]) {
    if (isThere(table, records) && table !== "builds") {
      const asked = asOf(table);
      await records.ready([asked, ...besides]);
      checked.push(await checkedTable(asked, records));
    }
  }
  return checked;
}

function isThere(table: ContractTable, { provider, tables }: Records): boolean {
  const selections = provider.provides[table] ?? [];
  const physical = selections.flatMap(tablesOf);
  return physical.length > 0 && physical.every((name) => tables.has(name.toLowerCase()));
}

function typesOf(table: ContractTable): Readonly<Record<string, FieldType>> {
  return contractTables[table];
}

/** Those that every selection gives. */
function heldFields(table: ContractTable, { provides }: Provider): readonly string[] {
  const selections = provides[table] ?? [];
  return Object.keys(typesOf(table)).filter((field) =>
    selections.every(({ fields }) => (fields[field]?.kind ?? "lacking") !== "lacking"),
  );
}

interface Asked {
  readonly table: ContractTable;
  readonly fields: readonly string[];
}

async function checkedTable(asked: Asked, records: Records): Promise<CheckedTable> {
  const { table } = asked;
  const counted = await countFields(asked, records);
  const isAmong = table !== "patients" && isOfPatients(table, records.provider);
  const among = isAmong ? await againstPatients(asked, records) : NONE;
  return {
    table,
    ...counted,
    ...among,
    repeated: await repeatedIds(asked, records),
    joins: await joinsOf(table, records),
  };
}

const NONE = { strangers: 0, beforeBirth: 0, afterDeath: 0 };

function everyRow(table: ContractTable, fields: readonly string[], records: Records): Sql {
  const { provider, dialect } = records;
  return renderTable(table, fields, { provider, dialect, range: null });
}

/** Without those of patients who opted out. */
function rowsOf(table: ContractTable, fields: readonly string[], records: Records): Sql {
  const { provider, dialect, includeOptedOut } = records;
  if (includeOptedOut || !isOfPatients(table, provider)) return everyRow(table, fields, records);
  const all = everyRow(table, [...new Set(["patient_id", ...fields])], records);
  const allowedIds = allowed({ provider, dialect, range: null });
  return sql`SELECT * FROM (${all}) a WHERE a.patient_id IN (${allowedIds})`;
}

function isOfPatients(table: ContractTable, { provides }: Provider): boolean {
  return provides[table]?.[0]?.fields["patient_id"] !== undefined;
}

async function countOf(query: Sql, { session, fail }: Records): Promise<number> {
  const [row] = await session.rows(query).catch((error: unknown) => fail(error, []));
  return Number(row?.["n"] ?? 0);
}

async function countFields(
  { table, fields }: Asked,
  records: Records,
): Promise<Pick<CheckedTable, "rows" | "fields">> {
  const { session, dialect, fail } = records;
  const counts = fields.map(
    (field, i) => sql`, count(q.${dialect.quoteName(field)}) AS ${word(`f${i}`)}`,
  );
  const names = fields.length === 0 ? ["patient_id"] : fields;
  const query = sql`SELECT count(*) AS n${joinSql(counts, "")} FROM (${rowsOf(table, names, records)}) q`;
  const [row = {}] = await session.rows(query).catch((error: unknown) => fail(error, []));
  const rows = Number(row["n"]);
  const types = typesOf(table);
  const checked: CheckedField[] = [];
  for (const [i, field] of fields.entries()) {
    const isDate = types[field] === "date" || types[field] === "datetime";
    const years = isDate ? await yearsOf({ table, field }, records) : null;
    checked.push({ field, missing: rows - Number(row[`f${i}`]), years });
  }
  return { rows, fields: checked };
}

async function yearsOf(
  { table, field }: { readonly table: ContractTable; readonly field: string },
  records: Records,
): Promise<ReadonlyMap<number, number>> {
  const { session, dialect, fail } = records;
  const year = dialect.year(dialect.dayOf(sql`q.${dialect.quoteName(field)}`));
  const query = sql`SELECT y.y, count(*) AS n FROM (SELECT ${year} AS y FROM (${rowsOf(table, [field], records)}) q) y WHERE y.y IS NOT NULL GROUP BY y.y`;
  const rows = await session.rows(query).catch((error: unknown) => fail(error, []));
  return new Map(rows.map(({ y, n }) => [Number(y), Number(n)]));
}

/** The dates of a row that should lie in a life. */
const LIVED = ["recorded_at", "issued_at", "given_at", "seen_at", "arrived_on", "admitted_on"];

async function againstPatients(
  { table, fields }: Asked,
  records: Records,
): Promise<Pick<CheckedTable, "strangers" | "beforeBirth" | "afterDeath">> {
  const { provider, dialect } = records;
  const held = heldFields("patients", provider);
  const date = LIVED.find((field) => fields.includes(field));
  const [own, theirs] = [
    rowsOf(table, ["patient_id", ...(date === undefined ? [] : [date])], records),
    rowsOf("patients", ["patient_id", ...held], records),
  ];
  const joined = sql`FROM (${own}) q JOIN (${theirs}) p ON p.patient_id = q.patient_id`;
  const everybody = sql`SELECT e.patient_id FROM (${everyRow("patients", ["patient_id"], records)}) e`;
  const rows = everyRow(table, ["patient_id"], records);
  const counted = (test: Sql): Promise<number> =>
    countOf(sql`SELECT count(*) AS n ${joined} WHERE ${test}`, records);
  const day = dialect.dayOf(sql`q.${dialect.quoteName(date ?? "")}`);
  const has = (field: string): boolean => date !== undefined && held.includes(field);
  return {
    strangers: await countOf(
      sql`SELECT count(*) AS n FROM (${rows}) q WHERE q.patient_id IS NULL OR q.patient_id NOT IN (${everybody})`,
      records,
    ),
    beforeBirth: has("born_on") ? await counted(sql`${day} < ${dialect.dayOf(sql`p.born_on`)}`) : 0,
    afterDeath: has("died_on") ? await counted(sql`${day} > ${dialect.dayOf(sql`p.died_on`)}`) : 0,
  };
}

async function repeatedIds(
  { table, fields }: Asked,
  records: Records,
): Promise<CheckedTable["repeated"]> {
  const field = ids[table];
  if (field === undefined || (field !== "patient_id" && !fields.includes(field))) return null;
  const id = sql`q.${records.dialect.quoteName(field)}`;
  const twice = sql`SELECT ${id} AS id FROM (${rowsOf(table, [field], records)}) q WHERE ${id} IS NOT NULL GROUP BY ${id} HAVING count(*) > 1`;
  const found = await countOf(sql`SELECT count(*) AS n FROM (${twice}) r`, records);
  return { field, ids: found };
}

async function joinsOf(table: ContractTable, records: Records): Promise<readonly CheckedJoin[]> {
  const { provider, dialect } = records;
  const joins: CheckedJoin[] = [];
  for (const join of (provider.provides[table] ?? []).flatMap((each) => each.joins ?? [])) {
    if (join.kind !== "left") continue;
    const keys = await countOf(severalPartners(join, { provider, dialect }), records);
    joins.push({ joined: join.table, keys });
  }
  return joins;
}
