/** A page of the client protocol as data, with whole numbers beyond 2^53 as texts: nothing is rounded. */
import { TrinoFault } from "./trino-error.ts";

export interface Column {
  readonly name: string;
  /** As the server writes it: `bigint`, `timestamp(3)`. */
  readonly type: string;
}

export type Row = readonly unknown[];

export interface Page {
  readonly nextUri: string | null;
  readonly columns: readonly Column[] | null;
  readonly rows: readonly Row[];
  readonly error: Readonly<Record<string, unknown>> | null;
}

/** Problem of what is not a page: a `TrinoFault` of kind protocol. */
export function pageOf(text: string): Page {
  const found = parsed(text);
  if (found === null || typeof found["id"] !== "string") throw new TrinoFault({ kind: "protocol" });
  const { nextUri, columns, data, error } = found;
  const page: Page = {
    nextUri: typeof nextUri === "string" ? nextUri : null,
    columns: Array.isArray(columns) ? columns.map(columnOf) : null,
    rows: Array.isArray(data) ? (data as readonly Row[]) : [],
    error: typeof error === "object" && error !== null ? (error as Page["error"]) : null,
  };
  const isWhole = data === undefined || data === null || Array.isArray(data);
  const width = page.columns?.length ?? 0;
  if (!isWhole || !page.rows.every((row) => Array.isArray(row) && row.length === width))
    throw new TrinoFault({ kind: "protocol" });
  return hasRoundedNumbers(page) ? pageOf(withTextsForLongNumbers(text)) : page;
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === "object" && found !== null
      ? (found as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

function columnOf(column: unknown): Column {
  const { name, type } = (column ?? {}) as { readonly name?: unknown; readonly type?: unknown };
  if (typeof name !== "string" || typeof type !== "string")
    throw new TrinoFault({ kind: "protocol" });
  return { name, type };
}

function hasRoundedNumbers({ columns, rows }: Page): boolean {
  const places = (columns ?? []).flatMap(({ type }, i) => (type === "bigint" ? [i] : []));
  return places.some((place) =>
    rows.some((row) => typeof row[place] === "number" && !Number.isSafeInteger(row[place])),
  );
}

/** Texts in the page are passed over; a number with a fraction or an exponent stays one. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function withTextsForLongNumbers(text: string): string {
  return text.replace(TOKEN, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token));
}
