/** A contract table as a query over the tables of a kind of database. */
import type { ContractTable } from "../schema/contract.ts";
import { joinsFor } from "../schema/provision.ts";
import type {
  Condition,
  Fixed,
  Join,
  Provider,
  Selection,
  Source,
  Within,
} from "../schema/provision.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

/** Patients whose id lies between two, both included; null = all. */
export type PatientRange = readonly [from: bigint, to: bigint] | null;

export interface Database {
  readonly provider: Provider;
  readonly dialect: Dialect;
  readonly range: PatientRange;
}

/** Only joins and columns that the fields need are said. */
export function renderTable(
  table: ContractTable,
  fields: readonly string[],
  database: Database,
): Sql {
  const selections = database.provider.provides[table];
  if (selections === null) throw new Error(`${database.provider.described} has no ${table}`);
  return joinSql(
    selections.map((each) => renderSelection(each, fields, database)),
    " UNION ALL ",
  );
}

function renderSelection(selection: Selection, asked: readonly string[], database: Database): Sql {
  const { dialect, range } = database;
  const { quoteName } = dialect;
  const column = columnsIn(selection, database);
  const names = selection.distinct === true ? Object.keys(selection.fields) : asked;
  const sources = names.map((name) => [name, sourceOf(selection, name)] as const);
  const shown = sources.map(
    ([name, of]) => sql`${dialect.source(of, column)} AS ${quoteName(name)}`,
  );
  const joins = joinsFor(
    selection,
    sources.map(([, source]) => source),
  );
  const from = sql`${dialect.recordTable(selection.table)} ${word(selection.alias)}`;
  const parts = [
    sql`${selection.distinct === true ? sql`SELECT DISTINCT` : sql`SELECT`} ${joinSql(shown, ", ")}`,
    sql`FROM ${from}`,
    ...joins.map((join) => renderJoin(join, column, dialect)),
  ];
  const where = (selection.where ?? []).map((each) => renderCondition(each, column, dialect));
  const patient = selection.fields["patient_id"];
  if (range !== null && patient !== undefined) {
    const [low, high] = range;
    where.push(sql`${dialect.source(patient, column)} BETWEEN ${low} AND ${high}`);
  }
  if (selection.within !== undefined) where.push(renderWithin(selection.within, column, dialect));
  if (selection.latest !== undefined) {
    const latest = dialect.source(selection.latest, column);
    where.push(sql`${latest} = (SELECT max(${latest}) FROM ${from})`);
  }
  if (selection.unique === true && patient !== undefined) {
    const id = dialect.source(patient, column);
    where.push(sql`(${id} IS NULL OR ${id} NOT IN (${repeatedIn(selection, dialect)}))`);
  }
  if (where.length > 0) parts.push(sql`WHERE ${joinSql(where, " AND ")}`);
  return joinSql(parts, " ");
}

/** Columns of a selection, by the alias of their table. */
function columnsIn(
  { table, alias, joins = [], within }: Selection,
  { provider, dialect }: Pick<Database, "provider" | "dialect">,
): (alias: string, name: string) => Sql {
  const tables = new Map([
    [alias, table],
    ...[...joins, ...(within === undefined ? [] : [within])].map(
      (other) => [other.alias, other.table] as const,
    ),
  ]);
  return (owner, name) => {
    const kind = provider.tables[tables.get(owner) ?? ""]?.[name];
    if (kind === undefined) throw new Error(`${provider.name} has no column ${owner}.${name}`);
    return dialect.recordColumn(owner, name, kind);
  };
}

/** Ids of patients who are left out because they have several rows; null where nobody is. */
export function repeatedPatients({ provider, dialect }: Database): Sql | null {
  const selection = provider.provides.patients?.find(({ unique }) => unique === true);
  return selection === undefined ? null : repeatedIn(selection, dialect);
}

function repeatedIn(selection: Selection, dialect: Dialect): Sql {
  const column = (alias: string, name: string): Sql =>
    sql`${word(alias)}.${dialect.quoteName(name)}`;
  const id = dialect.source(sourceOf(selection, "patient_id"), column);
  const from = sql`${dialect.recordTable(selection.table)} ${word(selection.alias)}`;
  return sql`SELECT ${id} FROM ${from} WHERE ${id} IS NOT NULL GROUP BY ${id} HAVING count(*) > 1`;
}

function sourceOf(selection: Selection, name: string): Source {
  const source = selection.fields[name];
  if (source === undefined) throw new Error(`${selection.table} does not provide ${name}`);
  return source;
}

function renderJoin(
  { table, alias, kind, on, where = [] }: Join,
  column: ColumnOf,
  dialect: Dialect,
): Sql {
  const pairs = on.map(([a, b]) => sql`${qualified(a, column)} = ${qualified(b, column)}`);
  const tests = [...pairs, ...where.map((each) => renderCondition(each, column, dialect))];
  const joined = kind === "inner" ? sql`JOIN` : sql`LEFT JOIN`;
  return sql`${joined} ${dialect.recordTable(table)} ${word(alias)} ON ${joinSql(tests, " AND ")}`;
}

/** Whoever is covered twice counts once, so it is no join. */
function renderWithin(
  { table, alias, on, day, from, to }: Within,
  column: ColumnOf,
  dialect: Dialect,
): Sql {
  const pairs = on.map(([a, b]) => sql`${qualified(a, column)} = ${qualified(b, column)}`);
  const covers = sql`${qualified(day, column)} BETWEEN ${qualified(from, column)} AND ${qualified(to, column)}`;
  const tests = joinSql([...pairs, covers], " AND ");
  return sql`EXISTS (SELECT 1 FROM ${dialect.recordTable(table)} ${word(alias)} WHERE ${tests})`;
}

type ColumnOf = (alias: string, name: string) => Sql;

/** The first point ends the alias: the name of a column may have more. */
function qualified(of: string, column: ColumnOf): Sql {
  const point = of.indexOf(".");
  return column(of.slice(0, point), of.slice(point + 1));
}

export function renderCondition([of, is]: Condition, column: ColumnOf, dialect: Dialect): Sql {
  const value = qualified(of, column);
  if (!Array.isArray(is)) return sql`${value} = ${literal(is as Fixed, dialect)}`;
  const all = (is as readonly Fixed[]).map((each) => literal(each, dialect));
  return sql`${value} IN (${joinSql(all, ", ")})`;
}

function literal(value: Fixed, dialect: Dialect): Sql {
  if (typeof value === "string") return dialect.text(value);
  if (typeof value === "number") return dialect.integer(value);
  return dialect.source({ kind: "flag", value }, () => sql``);
}
