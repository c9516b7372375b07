/** All tables that a user of a PostgreSQL may look at, where names without a schema are found or the URL says. */
import type { FoundColumn } from "../../schema/check-provider.ts";
import type { CatalogueTable } from "../../schema/mapping/catalogue-table.ts";
import type { ReadCatalogue } from "../database/catalogue.ts";
import { openConnection } from "./connection.ts";
import { loadDriver } from "./driver.ts";
import { everyColumn, kindOf } from "./found-tables.ts";
import { loginOf } from "./login.ts";
import { patienceOf } from "./patience.ts";
import { failForPostgresql } from "./postgresql-problem.ts";
import { parsePostgresqlUrl } from "./postgresql-url.ts";

/** A table of another schema has it before its name. Problems: those of the URL, the login, the driver and the server. */
export const postgresqlCatalogue: ReadCatalogue = async (
  text,
  workspace,
  { environment, note },
) => {
  const url = parsePostgresqlUrl(text, environment);
  const login = loginOf(url, { environment, workspace }, note);
  const driver = await loadDriver();
  const connection = await openConnection(driver, { url, login }, patienceOf(url, note)).catch(
    (error: unknown) => failForPostgresql(error, []),
  );
  try {
    const { rows } = await connection.query(String(everyColumn(url.schemas)));
    return tablesOf(rows);
  } catch (error) {
    return failForPostgresql(error, []);
  } finally {
    await connection.close();
  }
};

function tablesOf(rows: readonly (readonly (string | null)[])[]): readonly CatalogueTable[] {
  const tables = new Map<string, FoundColumn[]>();
  for (const row of rows) {
    const [schema = "", table = "", column = "", type = "", isPlain] = row.map(String);
    const name = isPlain === "t" ? table : `${schema}.${table}`;
    const columns = tables.get(name) ?? [];
    tables.set(name, columns);
    columns.push({ name: column, type, kind: kindOf(type) });
  }
  return [...tables].map(([name, columns]) => ({ name, columns }));
}
