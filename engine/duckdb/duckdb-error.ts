/** What DuckDB says when it refuses, by kind: its words change with versions and quote values. */

export class DuckDbError extends Error {
  /** As DuckDB names it: "Out of Memory", "Conversion", "IO", "Binder" and so on. */
  readonly kind: string;
  /** What the operating system answered; null where it was not asked, or answered nothing. */
  readonly errno: number | null;

  constructor(kind: string, text: string, errno: number | null) {
    super(`${kind} Error: ${text}`);
    this.name = "DuckDbError";
    this.kind = kind;
    this.errno = errno;
  }
}

/** An error of the library as one with a kind; any other is given back as it is. */
export function asDuckDbError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DuckDbError) return error;
  const structured = structuredError(error.message);
  if (structured !== null) return structured;
  const [, kind, text] = /^([A-Z][A-Za-z ]+) Error: (.*)$/s.exec(error.message) ?? [];
  return kind === undefined ? error : new DuckDbError(kind, text ?? "", null);
}

/** As `errors_as_json` has them; some have the kind before the JSON once more. */
function structuredError(message: string): DuckDbError | null {
  const json = /^(?:[A-Z][A-Za-z ]+ Error: )?(\{"exception_type".*\})\s*$/s.exec(message)?.[1];
  if (json === undefined) return null;
  const held = parsed(json);
  if (held === null) return null;
  const errno = Number(held["errno"] ?? NaN);
  const [kind, text] = [held["exception_type"], held["exception_message"]];
  return new DuckDbError(String(kind), String(text), Number.isNaN(errno) ? null : errno);
}

function parsed(json: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** Runs a piece of work of the library; its errors get their kind. */
export async function withKinds<T>(work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asDuckDbError(error);
  }
}
