/** Opens health records in a SQL Server, with temporary tables for what is kept on the way. */
import { ProblemError } from "../../base/problems.ts";
import { checkProvider } from "../../schema/check-provider.ts";
import type { FoundTables } from "../../schema/check-provider.ts";
import { tpp } from "../../schema/tpp/tpp-provider.ts";
import { unreadMapping } from "../database/layout-said.ts";
import type { OpenRecords, Outside, Records } from "../database/records.ts";
import { PATIENTS_AT_ONCE } from "../database/records.ts";
import type { Patience } from "../database/retry.ts";
import type { Session } from "../database/session.ts";
import { openConnection } from "./connection.ts";
import { foundRecords } from "./found-tables.ts";
import { openResults, sweepResults } from "./kept-results.ts";
import { loginOf } from "./login.ts";
import { failForMssql } from "./mssql-problem.ts";
import { mssqlSession } from "./mssql-session.ts";
import { mssqlWith } from "./other-code-pages.ts";
import { parseMssqlUrl, recordsOf, versionOf } from "./mssql-url.ts";
import type { MssqlUrl } from "./mssql-url.ts";
import { withProductIds } from "./product-ids-elsewhere.ts";
import { loadTedious } from "./tedious.ts";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

/** Problems: those of the URL, the login, the driver and the server. */
export const openMssqlRecords: OpenRecords = async (text, workspace, outside) => {
  const { environment, note } = outside;
  const url = parseMssqlUrl(text);
  const login = loginOf(url, { environment, workspace });
  const driver = await loadTedious();
  const patience: Patience = {
    server: "SQL Server",
    attempts: url.attempts,
    firstWait: FIRST_WAIT,
    longestWait: LONGEST_WAIT,
    note,
  };
  const connection = await openConnection(driver, { url, login, patience }).catch(
    (error: unknown) => failForMssql(error, []),
  );
  const session = mssqlSession({ connection, secondsAtMost: url.secondsAtMost, patience });
  try {
    const records = await foundRecords(session);
    const { tables, otherCodePages, addressed } = await withProductIds(
      session,
      records,
      outside.tempDatabase ?? null,
    );
    return {
      session,
      dialect: addressed(mssqlWith(otherCodePages)),
      provider: tpp,
      includeOptedOut: url.includeOptedOut,
      patientsAtOnce: url.patientsAtOnce ?? PATIENTS_AT_ONCE,
      tables,
      warnings: unreadMapping(
        workspace,
        "a SQL Server is read without one",
        "Its records are read as the tables of TPP.",
      ),
      // The server does not tell whether rows have changed.
      version: () => Promise.resolve(versionOf(url)),
      ready: readyFor(tables),
      ...kept(session, url, outside),
      fail: failForMssql,
      numbering: null,
      expectedRows: null,
    };
  } catch (error) {
    await session.close();
    return failForMssql(error, []);
  }
};

function kept(
  session: Session,
  url: MssqlUrl,
  { tempDatabase = null }: Outside,
): Pick<Records, "results" | "sweep"> {
  if (tempDatabase === null) return {};
  const keeping = { session, database: tempDatabase };
  return {
    results: (of) => openResults({ ...keeping, fingerprint: JSON.stringify([of, recordsOf(url)]) }),
    sweep: () => sweepResults(keeping),
  };
}

function readyFor(tables: FoundTables): Records["ready"] {
  return (uses) => {
    const problems = checkProvider(tpp, tables, uses);
    return problems.length > 0 ? Promise.reject(new ProblemError(problems)) : Promise.resolve();
  };
}
