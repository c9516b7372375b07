/** The rows of a statement from a Trino server, by the plainest client there can be: one page after the other. */
import type { Sql } from "../../engine/text/sql.ts";

interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string }[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: { readonly message: string };
}

export interface Answer {
  readonly names: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

export async function askTrino(url: string, statement: Sql, user = "test"): Promise<Answer> {
  const headers = {
    "X-Trino-User": user,
    "X-Trino-Catalog": "memory",
    "X-Trino-Schema": "default",
  };
  const rows: (readonly unknown[])[] = [];
  let names: readonly string[] = [];
  const begun = await fetch(`${url}/v1/statement`, {
    method: "POST",
    headers,
    body: String(statement),
  });
  let page = (await begun.json()) as Page;
  for (;;) {
    if (page.error !== undefined) throw new Error(page.error.message);
    for (const row of page.data ?? []) rows.push(row);
    names = page.columns?.map(({ name }) => name) ?? names;
    if (page.nextUri === undefined) return { names, rows };
    page = (await (await fetch(page.nextUri, { headers })).json()) as Page;
  }
}

/** The server of `test/trino/server.sh`, or another that `TRINO_URL` names; null where none answers. */
export async function trinoUrl(): Promise<string | null> {
  const url = process.env["TRINO_URL"] ?? "http://127.0.0.1:18080";
  const info = await fetch(`${url}/v1/info`).catch(() => null);
  const told = info?.ok === true ? ((await info.json()) as { starting?: boolean }) : {};
  return told.starting === false ? url : null;
}
