/** What the prelude asks of the host, as text both ways. */
import { ProblemError } from "../base/problems.ts";
import { problem } from "./problems.ts";
import type { Problem } from "../base/problems.ts";
import type { HostCall, HostReply } from "./evaluation.ts";

interface Given {
  /** JSON of a text, or a word of the prelude's own. */
  readonly first: string;
  readonly second: string;
}

/** "+" and the value, or "-" and the problems as JSON. Never throws: it is called by the interpreter. */
export function answer(what: string, given: Given, call: (call: HostCall) => HostReply): string {
  const reply = replyTo(what, given, call);
  return reply.ok ? `+${String(reply.value)}` : `-${JSON.stringify(reply.problems)}`;
}

function replyTo(what: string, given: Given, call: (call: HostCall) => HostReply): HostReply {
  if (what === "read") return call({ kind: "read", path: textOf(given.first) });
  if (what === "write") {
    return call({ kind: "write", path: textOf(given.first), text: textOf(given.second) });
  }
  if (what === "print" || what === "warn") return call({ kind: what, text: given.first });
  return { ok: false, problems: [refusal(given.first)] };
}

function refusal(call: string): Problem {
  if (call === "promise") return problem("study-waits", {});
  return problem("study-not-repeatable", { call: call === "random" ? "random" : "now" });
}

function textOf(json: string): string {
  return String(JSON.parse(json) as unknown);
}

/** Runs the host's part of a call: a problem becomes data, a bug goes on. */
export function replyWith(run: () => string | boolean): HostReply {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problems: error.problems };
    throw error;
  }
}
