/** What went wrong with a statement, told by kind. No text of the server is in the message: it quotes values. */

/** As the server tells it: "DIVISION_BY_ZERO" of "USER_ERROR". */
export class TrinoError extends Error {
  override readonly name = "TrinoError";
  readonly errorName: string;
  readonly errorType: string;
  /** Only to look for what statements of ours say when they stop themselves. */
  readonly serverText: string;
  /** The statement makes, fills or drops a table. */
  readonly isWriting: boolean;

  constructor(
    told: {
      readonly errorName?: unknown;
      readonly errorType?: unknown;
      readonly message?: unknown;
    },
    isWriting: boolean,
  ) {
    const errorName = constantName(told.errorName);
    super(`Trino refused a statement: ${errorName}`);
    this.errorName = errorName;
    this.errorType = constantName(told.errorType);
    this.serverText = typeof told.message === "string" ? told.message : "";
    this.isWriting = isWriting;
  }
}

/** Names of errors are the server's constants; anything else may hold a value. */
function constantName(name: unknown): string {
  return typeof name === "string" && /^[A-Z][A-Z0-9_]{0,99}$/.test(name) ? name : "UNKNOWN";
}

export type TransportFault =
  /** No connection, or one that broke. */
  | { readonly kind: "lost"; readonly code: string }
  | { readonly kind: "no-such-host" }
  | { readonly kind: "certificate"; readonly code: string }
  /** The server wants another login. */
  | { readonly kind: "login"; readonly status: number }
  | { readonly kind: "status"; readonly status: number }
  /** The server does not know the statement any more: it was started anew, or gave up waiting. */
  | { readonly kind: "forgotten" }
  /** What came is not Trino's protocol. */
  | { readonly kind: "protocol" }
  | { readonly kind: "time-limit"; readonly seconds: number }
  | { readonly kind: "interrupted" }
  /** A whole number that a double cannot hold. */
  | { readonly kind: "number-range" };

export class TrinoFault extends Error {
  override readonly name = "TrinoFault";
  readonly fault: TransportFault;

  constructor(fault: TransportFault) {
    super(`Trino: ${fault.kind}`);
    this.fault = fault;
  }
}
