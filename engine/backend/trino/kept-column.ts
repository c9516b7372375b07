/**
 * A column that every kept table has where a server is shared by practices: it tells whose rows they are, and
 * the server lets nobody keep a table without it.
 */
import type { TableUse } from "../../schema/physical-needs.ts";
import type { KeptColumn, Provider } from "../../schema/provision.ts";
import type { Dialect } from "../../sql/dialects/dialect.ts";
import type { Query } from "../../sql/query.ts";
import { renderTable } from "../../sql/render-table.ts";
import { sql } from "../../text/sql.ts";
import { fail } from "./problems.ts";

const TABLE = "practice_registrations";
const FIELD = "practice_code";

/** What it is made of. */
export function keptUses({ keptColumn }: Provider): readonly TableUse[] {
  return keptColumn === undefined ? [] : [{ table: TABLE, fields: [FIELD], columns: [] }];
}

/** The same dialect, whose kept tables of patients have it. */
export function withKeptColumn(dialect: Dialect, provider: Provider): Dialect {
  const { keptColumn } = provider;
  if (keptColumn === undefined) return dialect;
  const database = { provider, dialect, range: null };
  const codes = renderTable(TABLE, ["patient_id", FIELD], database);
  const name = dialect.quoteName(keptColumn.name);
  const withCode = ({ ctes, select }: Query): Query => ({
    ctes,
    select: sql`SELECT q.*, o.${dialect.quoteName(FIELD)} AS ${name} FROM (${select}) q LEFT JOIN (${codes}) o ON o.patient_id = q.patient_id`,
  });
  return {
    ...dialect,
    keep: (table, query) => dialect.keep(table, withCode(query)),
    append: (table, query) => dialect.append(table, withCode(query)),
  };
}

/** What tables of no patient hold in it. Problem: organisation-unknown. */
export function organisationTexts(
  keptColumn: KeptColumn | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  if (keptColumn === undefined) return {};
  const code = environment[keptColumn.environment] ?? "";
  if (code === "") fail("organisation-unknown", { variable: keptColumn.environment });
  return { [keptColumn.name]: code };
}
