/** A server that speaks SQL Server's protocol, and answers by way of translation. */
import { trustedSql } from "../../engine/text/sql.ts";
import { tablesTold } from "../database/mssql-tpp.ts";
import { tdsServer, ServerError } from "../database/tds-server.ts";
import type { BatchAnswer, Client, TdsServer } from "../database/tds-server.ts";
import type { Column, ColumnKind } from "../database/tds-tokens.ts";
import type { Records } from "../naive/row.ts";
import { serverCatalog } from "../database/server-catalog.ts";
import type { ServerCatalog } from "../database/server-catalog.ts";
import { answering } from "./translated-records.ts";
import { Refused } from "./tsql-tools.ts";
import type { TsqlTools } from "./tsql-tools.ts";

export interface Serving {
  readonly tools: TsqlTools;
  readonly records: Records;
  /** Databases beside the one of the records, and what is in them. */
  readonly catalog?: ServerCatalog;
  /** Whether a statement that the grammar refuses is refused at once; `TsqlTools.grammar` tells it later. */
  readonly isStrict?: boolean;
  /** Changes what is answered to a batch; throws to refuse it, or to break its connection. */
  readonly meddle?: (batch: string, answer: BatchAnswer) => BatchAnswer;
}

/** Gives `act` a URL of the server, which then is gone. */
export async function servedRecords<T>(
  {
    tools,
    records,
    catalog = serverCatalog({}),
    isStrict = false,
    meddle = (_, answer) => answer,
  }: Serving,
  act: (url: string, server: TdsServer) => Promise<T>,
): Promise<T> {
  await tools.reset();
  const ask = answering(tools, records);
  const ofOthers = temporaryTables(async (name) => {
    await tools.run(`DROP TABLE IF EXISTS #${name}`);
  });
  const answer = async (batch: string, client: Client): Promise<BatchAnswer> => {
    const told = tablesTold(batch);
    if (told !== null) {
      await tools.lint(batch);
      return told;
    }
    await ofOthers(batch, client);
    const statement = unwrapped(batch);
    try {
      const known = catalog.answer(batch, client);
      if (known !== null) {
        await tools.lint(statement);
        return meddle(batch, known);
      }
      if (isStrict) await tools.parsed(statement);
      const { columns, rows } = await ask(trustedSql(statement));
      catalog.hear(batch);
      return meddle(batch, { columns: columns.map(columnOf), rows });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new ServerError(...serverErrorOf(error.message));
    }
  };
  const server = await tdsServer({
    answer,
    loaded: (table, { rows }) => tools.insert(table.replace(/^#/, ""), rows),
  });
  try {
    return await act(`mssql://me:word@127.0.0.1:${server.port}/records?encrypt=false`, server);
  } finally {
    await server.stop();
  }
}

/** The temporary tables of a connection are gone when another one speaks. */
function temporaryTables(drop: (name: string) => Promise<void>) {
  const made = new Set<string>();
  let last: Client | null = null;
  return async (batch: string, client: Client): Promise<void> => {
    if (client !== last) {
      for (const name of made) await drop(name);
      made.clear();
    }
    last = client;
    for (const [, name = ""] of batch.matchAll(/\b(?:INTO|CREATE TABLE) #(\w+)/g)) made.add(name);
  };
}

/** A batch without the transaction around it, which the translation does not have. */
function unwrapped(batch: string): string {
  return /BEGIN TRANSACTION;\n([^]*);\nCOMMIT TRANSACTION$/.exec(batch)?.[1] ?? batch;
}

function columnOf([name, kind]: readonly [string, string]): Column {
  return { name, kind: (kind === "nvarchar" ? "nvarchar(max)" : kind) as ColumnKind };
}

/** A text that could not become a number, and any other error. */
function serverErrorOf(message: string): readonly [number, string] {
  const quoted = /Could not convert string '([^]*)' to INT32/.exec(message)?.[1];
  return quoted === undefined
    ? [102, message]
    : [245, `Conversion failed when converting the varchar value '${quoted}' to data type int.`];
}
