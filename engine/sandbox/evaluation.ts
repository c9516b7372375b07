/** How running a script in the interpreter ended; plain data, because it crosses threads. */
import type { Problem } from "../base/problems.ts";

/** The script's name in stack traces of the interpreter. */
export const SCRIPT_NAME = "study.js";

export type Evaluation =
  | { readonly kind: "returned"; readonly json: string }
  | { readonly kind: "threw"; readonly thrown: Thrown }
  | { readonly kind: Overstepped; readonly stack: string };

/** Which limit the script overstepped. */
export type Overstepped =
  "took-too-long" | "used-too-much-memory" | "calls-too-deep" | "waits" | "result-too-large";

/** What the interpreter tells of a thrown value. Untrusted text, cut at some thousand characters. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** JSON of the `problems` of a thrown ProblemError, or "". */
  readonly problems: string;
}

/** What runs, and with which `params`. */
export interface GuestScript {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

/** What a script may ask of its host. */
export type HostCall =
  | { readonly kind: "read"; readonly path: string }
  | { readonly kind: "write"; readonly path: string; readonly text: string }
  /** A line of `console.log`. */
  | { readonly kind: "print"; readonly text: string }
  /** A problem as JSON. */
  | { readonly kind: "warn"; readonly text: string };

export type HostReply =
  | { readonly ok: true; readonly value: string | boolean }
  | { readonly ok: false; readonly problems: readonly Problem[] };
