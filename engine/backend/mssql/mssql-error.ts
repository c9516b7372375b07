/** What went wrong at a SQL Server or on the way to it, told by kind. No text of the server is in the message: it quotes values. */

/** Refused by the server, which gives its errors numbers. */
export class MssqlError extends Error {
  override readonly name = "MssqlError";
  readonly number: number;
  readonly severity: number;
  /** Only to look for what statements of ours say when they stop themselves. */
  readonly serverText: string;

  constructor(number: number, severity: number, serverText: string) {
    super(`SQL Server refused a statement: error ${number}`);
    this.number = number;
    this.severity = severity;
    this.serverText = serverText;
  }
}

export type Fault =
  /** No connection, or one that broke. */
  | { readonly kind: "lost"; readonly code: string }
  | { readonly kind: "no-such-host" }
  | { readonly kind: "certificate"; readonly code: string }
  | { readonly kind: "time-limit" }
  | { readonly kind: "interrupted" }
  /** A whole number that a double cannot hold. */
  | { readonly kind: "number-range" };

export class MssqlFault extends Error {
  override readonly name = "MssqlFault";
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(`SQL Server: ${fault.kind}`);
    this.fault = fault;
  }
}

interface Told {
  readonly code?: unknown;
  readonly number?: unknown;
  readonly class?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** An error of the driver as one with a kind. */
export function asMssqlError(error: Error): Error {
  const told = error as Error & Told;
  if (typeof told.number === "number")
    return new MssqlError(told.number, Number(told.class ?? 0), error.message);
  const codes = codesOf(told);
  const certificate = codes.find((code) => CERTIFICATES.test(code));
  if (certificate !== undefined) return new MssqlFault({ kind: "certificate", code: certificate });
  if (codes.includes("ENOTFOUND")) return new MssqlFault({ kind: "no-such-host" });
  if (codes.includes("ECANCEL")) return new MssqlFault({ kind: "interrupted" });
  const isRequest = codes.includes("ETIMEOUT") && /request/i.test(error.message);
  if (isRequest) return new MssqlFault({ kind: "time-limit" });
  return new MssqlFault({ kind: "lost", code: codes.at(-1) ?? "" });
}

const CERTIFICATES =
  /CERT|^UNABLE_TO_|SELF_SIGNED|^ERR_TLS|^ERR_SSL|^ERR_OSSL|^HOSTNAME_MISMATCH|^INVALID_CA/;

/** Of the error and what caused it; only constants. */
function codesOf({ code, cause, errors }: Told): readonly string[] {
  const own = typeof code === "string" && /^[A-Z][A-Z0-9_]{0,60}$/.test(code) ? [code] : [];
  const inner = [cause, ...(Array.isArray(errors) ? (errors as readonly unknown[]) : [])];
  return [
    ...own,
    ...inner.flatMap((each) =>
      typeof each === "object" && each !== null ? codesOf(each as Told) : [],
    ),
  ];
}
