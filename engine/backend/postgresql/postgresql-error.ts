/** What went wrong at a PostgreSQL or on the way to it, told by kind. No text of the server is in the message: it quotes values. */

/** Refused by the server, which gives its errors a state of five characters. */
export class PostgresqlError extends Error {
  override readonly name = "PostgresqlError";
  readonly state: string;
  /** Only to look for what statements of ours say when they stop themselves. */
  readonly serverText: string;

  constructor(state: string, serverText: string) {
    super(`PostgreSQL refused a statement: ${state}`);
    this.state = state;
    this.serverText = serverText;
  }
}

export type Fault =
  /** No connection, or one that broke. */
  | { readonly kind: "lost"; readonly code: string }
  | { readonly kind: "no-such-host" }
  | { readonly kind: "no-socket" }
  | { readonly kind: "certificate"; readonly code: string }
  | { readonly kind: "not-encrypted" }
  | { readonly kind: "password-missing" }
  | { readonly kind: "time-limit" }
  | { readonly kind: "interrupted" }
  /** A whole number that a double cannot hold. */
  | { readonly kind: "number-range" };

export class PostgresqlFault extends Error {
  override readonly name = "PostgresqlFault";
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(`PostgreSQL: ${fault.kind}`);
    this.fault = fault;
  }
}

interface Told {
  readonly code?: unknown;
  readonly severity?: unknown;
}

const CERTIFICATES =
  /CERT|^UNABLE_TO_|SELF_SIGNED|^ERR_TLS|^ERR_SSL|^ERR_OSSL|^HOSTNAME_MISMATCH|^INVALID_CA/;

/** An error of the driver as one with a kind. */
export function asPostgresqlError(error: unknown): Error {
  if (error instanceof PostgresqlError || error instanceof PostgresqlFault) return error;
  if (!(error instanceof Error)) return new PostgresqlFault({ kind: "lost", code: "" });
  const { code, severity } = error as Error & Told;
  const known = typeof code === "string" && /^[A-Z0-9_]{1,60}$/.test(code) ? code : "";
  // Only what the server says has a severity.
  if (severity !== undefined && known.length === 5)
    return new PostgresqlError(known, error.message);
  if (CERTIFICATES.test(known)) return new PostgresqlFault({ kind: "certificate", code: known });
  if (known === "ENOTFOUND") return new PostgresqlFault({ kind: "no-such-host" });
  if (known === "ENOENT") return new PostgresqlFault({ kind: "no-socket" });
  if (/does not support SSL/.test(error.message))
    return new PostgresqlFault({ kind: "not-encrypted" });
  return new PostgresqlFault({ kind: "lost", code: known });
}

/** Ended so that others could go on. */
export function isEndedForOthers(error: unknown): boolean {
  return error instanceof PostgresqlError && error.state.startsWith("40");
}
