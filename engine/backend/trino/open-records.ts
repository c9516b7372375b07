/** Opens health records in a Trino server, with a schema beside them for tables that are kept on the way. */
import { ProblemError } from "../../base/problems.ts";
import { checkProvider } from "../../schema/check-provider.ts";
import type { FoundTables } from "../../schema/check-provider.ts";
import { trino } from "../../sql/dialects/trino.ts";
import { identifier, literal, sql } from "../../text/sql.ts";
import { englishKinds } from "../../schema/provider-kinds.ts";
import { chosenProvider } from "../database/chosen-provider.ts";
import { readLayout } from "../database/layout-said.ts";
import { optOuts } from "../database/opt-out-option.ts";
import type { OpenRecords, Records } from "../database/records.ts";
import { PATIENTS_AT_ONCE } from "../database/records.ts";
import type { Session } from "../database/session.ts";
import { askServer } from "./ask-server.ts";
import { foundTables } from "./found-tables.ts";
import { keptUses, organisationTexts, withKeptColumn } from "./kept-column.ts";
import { keptTables, sweepKeptTables } from "./kept-tables.ts";
import { trinoSession } from "./trino-session.ts";
import type { TrinoSession } from "./trino-session.ts";
import { failForScratch, failForTrino } from "./trino-problem.ts";
import { parseTrinoUrl, versionOf } from "./trino-url.ts";
import type { SchemaName } from "./trino-url.ts";

/** Problems: those of the URL, the login and the server; database-provider. */
export const openTrinoRecords: OpenRecords = async (text, workspace, outside) => {
  const { environment, note } = outside;
  const url = parseTrinoUrl(text);
  const layout = await readLayout(url, workspace);
  const { asking, close } = askServer(url, { environment, workspace }, note);
  const kept = keptTables(url.scratch);
  const plain = trinoSession({
    asking,
    secondsAtMost: url.secondsAtMost,
    keptTable: kept.table,
    text: literal,
    close: async () => {
      await kept.end(plain).catch(() => undefined);
      close();
    },
  });
  try {
    const tables = await foundTables(plain, url.records);
    const dialect = trino({ recordTable: tableWithin(url.records), keptTable: kept.table });
    const kind = chosenProvider(layout, tables.keys(), englishKinds);
    const provider = kind.providing(tables, [...tables.keys()]);
    const { warnings, ...who } = optOuts(provider, url);
    return {
      session: keeping(plain, kept.begin, () =>
        organisationTexts(provider.keptColumn, environment),
      ),
      dialect: withKeptColumn(dialect, provider),
      provider,
      patientsAtOnce: url.patientsAtOnce ?? PATIENTS_AT_ONCE,
      tables,
      ...who,
      warnings: [...layout.warnings, ...warnings],
      // The server does not tell whether rows have changed.
      version: () => Promise.resolve(versionOf(url)),
      ready: readyFor(provider, tables),
      fail: failForTrino,
      numbering: null,
      expectedRows: null,
      sweep: () => sweepKeptTables(plain, url.scratch),
    };
  } catch (error) {
    await plain.close();
    return failForTrino(error, []);
  }
};

function tableWithin({ catalog, schema }: SchemaName) {
  return (name: string) => sql`${identifier(catalog)}.${identifier(schema)}.${identifier(name)}`;
}

/** Who only reads needs no right to write: the schema is written to when a table is first kept. */
function keeping(
  session: TrinoSession,
  begin: (session: Session) => Promise<void>,
  texts: () => Readonly<Record<string, string>>,
): Session {
  let begun: Promise<void> | null = null;
  const first = (): Promise<void> => (begun ??= begin(session).catch(failForScratch));
  return {
    ...session,
    run: async (statement) => {
      await first();
      await session.run(statement);
    },
    upload: async (table) => {
      const same = texts();
      await first();
      await session.upload({ ...table, texts: same });
    },
  };
}

function readyFor(provider: Records["provider"], tables: FoundTables): Records["ready"] {
  return (uses) => {
    const problems = checkProvider(provider, tables, [...uses, ...keptUses(provider)]);
    return problems.length > 0 ? Promise.reject(new ProblemError(problems)) : Promise.resolve();
  };
}
