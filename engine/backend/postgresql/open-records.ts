/** Opens health records in a PostgreSQL, in one transaction that ends with the run. */
import { postgresql } from "../../sql/dialects/postgresql.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Dialect } from "../../sql/dialects/dialect.ts";
import { chosenProvider } from "../database/chosen-provider.ts";
import { readLayout } from "../database/layout-said.ts";
import type { Layout } from "../database/layout-said.ts";
import { optOuts } from "../database/opt-out-option.ts";
import type { OpenRecords, Records } from "../database/records.ts";
import { PATIENTS_AT_ONCE } from "../database/records.ts";
import type { UploadedTable } from "../database/session.ts";
import { addingAggregate } from "./adding.ts";
import { cancelling, openConnection } from "./connection.ts";
import type { To } from "./connection.ts";
import { loadDriver } from "./driver.ts";
import { foundTables } from "./found-tables.ts";
import { keepingFor } from "./keeping.ts";
import type { Keeping } from "./keeping.ts";
import { keptQueries } from "./kept-queries.ts";
import { loginOf } from "./login.ts";
import { patienceOf } from "./patience.ts";
import { failForPostgresql } from "./postgresql-problem.ts";
import { postgresqlSession } from "./postgresql-session.ts";
import type { PostgresqlSessionOptions } from "./postgresql-session.ts";
import { parsePostgresqlUrl, versionOf } from "./postgresql-url.ts";
import { recordPlaces, refuseUnreadable } from "./record-places.ts";
import { beginTransaction } from "./transaction.ts";
import type { Transaction } from "./transaction.ts";
import { copyPieces, declaredColumns } from "./upload.ts";

/** Problems: those of the URL, the login, the driver and the server; database-provider. */
export const openPostgresqlRecords: OpenRecords = async (text, workspace, outside) => {
  const { environment, note } = outside;
  const url = parsePostgresqlUrl(text, environment);
  const layout = await readLayout(url, workspace);
  const to = { url, login: loginOf(url, { environment, workspace }, note) };
  const driver = await loadDriver();
  const patience = patienceOf(url, note);
  const connection = await openConnection(driver, to, patience).catch((error: unknown) =>
    failForPostgresql(error, []),
  );
  try {
    const transaction = await beginTransaction(connection, {
      patience,
      lockSeconds: url.waitSeconds,
    });
    const cancel = cancelling(driver, to, connection);
    return await recordsIn({ transaction, cancel, layout, ...to });
  } catch (error) {
    await connection.close();
    return failForPostgresql(error, []);
  }
};

interface Begun extends To {
  readonly transaction: Transaction;
  readonly cancel: PostgresqlSessionOptions["cancel"];
  readonly layout: Layout;
}

async function recordsIn({ transaction, cancel, layout, url }: Begun): Promise<Records> {
  const scratch = url.scratch ?? layout.mapping?.scratch ?? null;
  const keeping = await keepingFor(transaction, { ...url, scratch });
  const said = speaking(keeping, transaction);
  const session = postgresqlSession({
    ...{ transaction, cancel, secondsAtMost: url.secondsAtMost },
    ...{ upload: said.upload, sent: said.sent },
  });
  const asked = layout.mapping === null ? [] : Object.keys(layout.mapping.kind.tables);
  const { found, names } = await foundTables(session, url.schemas, asked);
  const tables = new Map([...found].map(([name, { columns }]) => [name, columns] as const));
  const provider = chosenProvider(layout, [...tables.keys(), ...names]).providing(
    tables,
    names,
    url.layout.declared,
  );
  const { warnings, ...who } = optOuts(provider, url);
  return {
    session,
    dialect: said.dialect(recordPlaces(provider, found)),
    provider,
    patientsAtOnce: url.patientsAtOnce ?? PATIENTS_AT_ONCE,
    tables,
    ...who,
    warnings: [...layout.warnings, ...warnings],
    // Nothing tells whether rows have changed between two runs.
    version: () => Promise.resolve(versionOf(url)),
    ready: async (uses) => {
      await Promise.resolve();
      refuseUnreadable(provider, found, { uses, user: url.user });
    },
    fail: failForPostgresql,
    numbering: null,
    expectedRows: keeping.kind === "tables" ? (query) => expectedRows(session, query) : null,
    // What is not kept is worked out anew for each statement, so the less of it the better.
    evaluates: keeping.kind === "tables" ? "as-asked" : "per-date",
  };
}

type RecordPlaces = ReturnType<typeof recordPlaces>;

interface Speaking extends Pick<PostgresqlSessionOptions, "upload" | "sent"> {
  readonly dialect: (places: RecordPlaces) => Dialect;
}

function speaking(keeping: Keeping, transaction: Transaction): Speaking {
  if (keeping.kind === "queries") return speakingInQueries();
  const { places } = keeping;
  const adding = addingAggregate(places);
  return {
    dialect: (records) => postgresql({ ...records, ...places, adding: adding.name }),
    sent: async (statement) => {
      await adding.make(statement, transaction);
      return statement;
    },
    upload: async (table) => {
      const name = places.keptTable(table.name);
      await transaction.query(
        String(sql`${places.making(table.name)} (${declaredColumns(table.columns)})`),
      );
      await transaction.copyIn(String(sql`COPY ${name} FROM STDIN`), () => copyPieces(table));
      await transaction.query(String(sql`ANALYZE ${name}`));
    },
  };
}

function speakingInQueries(): Speaking {
  const { keptTable, remembering, remember, upload, whole } = keptQueries();
  const making = (name: string): Sql => keptTable(name);
  return {
    dialect: (records) => remembering(postgresql({ ...records, keptTable, making, adding: null })),
    sent: (statement) => Promise.resolve(remember(statement) ? null : whole(statement)),
    upload: (table: UploadedTable) => {
      upload(table);
      return Promise.resolve();
    },
  };
}

async function expectedRows(
  { rows }: Pick<Records["session"], "rows">,
  query: Sql,
): Promise<number> {
  const [row = {}] = await rows(sql`EXPLAIN (FORMAT json) ${query}`);
  const [plan] = JSON.parse(String(Object.values(row)[0])) as { Plan?: { "Plan Rows"?: number } }[];
  return plan?.Plan?.["Plan Rows"] ?? 0;
}
