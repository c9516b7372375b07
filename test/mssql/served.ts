/** A server that speaks SQL Server's protocol, and answers by way of translation. */
import type { PhysicalKind } from "../../engine/schema/physical-table.ts";
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import { trustedSql } from "../../engine/text/sql.ts";
import { tdsServer, ServerError } from "../database/tds-server.ts";
import type { BatchAnswer } from "../database/tds-server.ts";
import type { Column, ColumnKind } from "../database/tds-tokens.ts";
import type { Records } from "../naive/row.ts";
import { answering } from "./translated-records.ts";
import { Refused } from "./tsql-tools.ts";
import type { TsqlTools } from "./tsql-tools.ts";

const types: { readonly [K in PhysicalKind]: string } = {
  int: "bigint",
  long: "bigint",
  real: "real",
  bit: "bit",
  text: "varchar",
  date: "date",
  datetime: "datetime",
};

/** Gives `act` a URL of the server, which then is gone. */
export async function servedRecords<T>(
  tools: TsqlTools,
  records: Records,
  act: (url: string) => Promise<T>,
): Promise<T> {
  await tools.reset();
  const ask = answering(tools, records);
  const answer = async (batch: string): Promise<BatchAnswer> => {
    if (batch.includes("INFORMATION_SCHEMA")) return described();
    try {
      const { columns, rows } = await ask(trustedSql(unwrapped(batch)));
      return { columns: columns.map(columnOf), rows };
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
    return await act(`mssql://me:word@127.0.0.1:${server.port}/records?encrypt=false`);
  } finally {
    await server.stop();
  }
}

/** A batch without the transaction around it, which the translation does not have. */
function unwrapped(batch: string): string {
  return /BEGIN TRANSACTION;\n([^]*);\nCOMMIT TRANSACTION$/.exec(batch)?.[1] ?? batch;
}

function columnOf([name, kind]: readonly [string, string]): Column {
  return { name, kind: (kind === "nvarchar" ? "nvarchar(max)" : kind) as ColumnKind };
}

function described(): BatchAnswer {
  const columns = ["t", "c", "d"].map((name) => ({ name, kind: "nvarchar" as const }));
  const rows = Object.entries(tpp.tables).flatMap(([table, kinds]) =>
    Object.entries(kinds).map(([name, kind]) => [table, name, types[kind]]),
  );
  return { columns, rows };
}

/** A text that could not become a number, and any other error. */
function serverErrorOf(message: string): readonly [number, string] {
  const quoted = /Could not convert string '([^]*)' to INT32/.exec(message)?.[1];
  return quoted === undefined
    ? [102, message]
    : [245, `Conversion failed when converting the varchar value '${quoted}' to data type int.`];
}
