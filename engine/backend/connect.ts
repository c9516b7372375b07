/** From a database URL to the records that it names, and to the backend that answers from them. */
import type { Backend } from "./backend.ts";
import { databaseKind } from "./database-kind.ts";
import type { DatabaseBackendOptions } from "./database/backend-options.ts";
import type { Outside, Records } from "./database/records.ts";

export interface ConnectOptions extends DatabaseBackendOptions {
  /** Where paths of the URL begin. */
  readonly workspace: string;
  readonly outside?: Outside;
}

const NOTHING: Outside = { environment: {}, note: () => undefined };

/** Problems: those of `databaseKind` and those of the kind. */
export async function openRecords(
  url: string,
  workspace: string,
  outside = NOTHING,
): Promise<Records> {
  const open = await databaseKind(url, workspace).load();
  return open(url, workspace, outside);
}

/** Loaded when it is asked for: dummy data need no plan and no SQL. Problems: those of `openRecords`. */
export async function connect(url: string, options: ConnectOptions): Promise<Backend> {
  const records = await openRecords(url, options.workspace, options.outside);
  try {
    const { databaseBackend } = await import("./database/database-backend.ts");
    return await databaseBackend(records, options);
  } catch (error) {
    await records.session.close();
    throw error;
  }
}

/** Does something with the records that a URL names, and closes them. */
export async function withRecords<T>(
  url: string,
  { workspace, outside }: Pick<ConnectOptions, "workspace" | "outside">,
  act: (records: Records) => Promise<T>,
): Promise<T> {
  const records = await openRecords(url, workspace, outside);
  try {
    return await act(records).catch((error: unknown) => records.fail(error, []));
  } finally {
    await records.session.close();
  }
}
