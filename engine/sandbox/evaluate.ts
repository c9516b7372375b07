/** Runs a script in the interpreter, within limits. */
import { Scope } from "quickjs-emscripten-core";
import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from "quickjs-emscripten-core";
import { SCRIPT_NAME } from "./evaluation.ts";
import type { Evaluation, GuestScript, HostCall, HostReply, Thrown } from "./evaluation.ts";
import { answer } from "./guest-requests.ts";
import { GUEST_PRELUDE } from "./guest-prelude.ts";
import { MEGABYTE } from "./sandbox-limits.ts";
import type { SandboxLimits } from "./sandbox-limits.ts";

export interface EvaluationHost {
  readonly quickjs: QuickJSWASMModule;
  readonly limits: SandboxLimits;
  readonly call: (call: HostCall) => HostReply;
  /** Milliseconds of a clock that only goes forward: the one limit that needs it is `seconds`. */
  readonly now: () => number;
  /** How large the interpreter's memory has become. */
  readonly heapBytes: () => number;
}

/** Of the interpreter's own stack of 5 megabytes; the thread's stack must hold it too. */
const STACK_BYTES = 524_288;
/** For telling how a script ended, after it used up its memory or time. */
const SPARE_BYTES = 8 * MEGABYTE;
const SPARE_MILLISECONDS = 100;

/** Runs the script in an interpreter of its own, which is gone when this returns. */
export function evaluate(script: GuestScript, host: EvaluationHost): Evaluation {
  return Scope.withScope((scope) => {
    const { quickjs, limits } = host;
    const runtime = scope.manage(quickjs.newRuntime());
    runtime.setMemoryLimit(limits.megabytes * MEGABYTE);
    runtime.setMaxStackSize(STACK_BYTES);
    const context = scope.manage(runtime.newContext());
    return run(script, { scope, context, host });
  });
}

interface Clock {
  readonly isOver: () => boolean;
  readonly wasOver: () => boolean;
  readonly giveSpare: () => void;
}

function startClock({ now, limits }: EvaluationHost): Clock {
  let deadline = now() + limits.seconds * 1000;
  let over = false;
  return {
    isOver: () => {
      const isOver = now() > deadline;
      over ||= isOver;
      return isOver;
    },
    wasOver: () => over,
    giveSpare: () => {
      deadline = now() + SPARE_MILLISECONDS;
    },
  };
}

interface Running {
  readonly scope: Scope;
  readonly context: QuickJSContext;
  readonly host: EvaluationHost;
}

function run(script: GuestScript, running: Running): Evaluation {
  const { scope, context, host } = running;
  const guest = preparedGuest(script, running);
  // The author's time begins here: a busy machine may take long to prepare.
  const clock = startClock(host);
  context.runtime.setInterruptHandler(clock.isOver);
  const tools = { ...running, ...guest, clock };
  // Strict, as modules are: esbuild drops the modules' own strictness.
  const ended = context.evalCode(script.code, SCRIPT_NAME, { type: "global", strict: true });
  if (ended.error !== undefined) return stopped(scope.manage(ended.error), tools);
  const value = scope.manage(ended.value);
  if (context.runtime.hasPendingJob()) return { kind: "waits", stack: "" };
  const written = context.callFunction(guest.stringify, context.undefined, value);
  if (written.error !== undefined) return stopped(scope.manage(written.error), tools);
  const json = textOf(context, scope.manage(written.value), host.limits.resultMegabytes);
  if (json === null) return { kind: "result-too-large", stack: "" };
  return { kind: "returned", json };
}

interface Guest {
  readonly stringify: QuickJSHandle;
  readonly describe: QuickJSHandle;
}

function preparedGuest({ params }: GuestScript, { scope, context, host }: Running): Guest {
  const ask = context.newFunction("ask", (what, first, second) => {
    const [kind = "", one = "", two = ""] = [what, first, second].map((each) =>
      context.getString(each),
    );
    return context.newString(answer(kind, { first: one, second: two }, host.call));
  });
  const prelude = scope.manage(context.unwrapResult(context.evalCode(GUEST_PRELUDE, "prelude.js")));
  const given = scope.manage(context.newString(JSON.stringify(params)));
  const made = context.callFunction(prelude, context.undefined, scope.manage(ask), given);
  const tools = scope.manage(context.unwrapResult(made));
  const tool = (name: string): QuickJSHandle => scope.manage(context.getProp(tools, name));
  return { stringify: tool("stringify"), describe: tool("describe") };
}

/** Null if it is too long. What `undefined` and functions become in JSON is "". */
function textOf(context: QuickJSContext, handle: QuickJSHandle, megabytes: number): string | null {
  if (context.typeof(handle) !== "string") return "";
  const length = context.getProp(handle, "length").consume((each) => context.getNumber(each));
  return length > megabytes * MEGABYTE ? null : context.getString(handle);
}

function stopped(
  error: QuickJSHandle,
  tools: Running & Guest & { readonly clock: Clock },
): Evaluation {
  const { context, clock, host, scope, describe } = tools;
  const wasOver = clock.wasOver();
  clock.giveSpare();
  context.runtime.setMemoryLimit(host.limits.megabytes * MEGABYTE + SPARE_BYTES);
  const told = context.callFunction(describe, context.undefined, error);
  const thrown = told.error === undefined ? thrownOf(context, scope.manage(told.value)) : NOTHING;
  told.error?.dispose();
  if (wasOver) return { kind: "took-too-long", stack: thrown.stack };
  if (isOutOfMemory(thrown, host)) return { kind: "used-too-much-memory", stack: thrown.stack };
  if (thrown.message === "stack overflow") return { kind: "calls-too-deep", stack: thrown.stack };
  return { kind: "threw", thrown };
}

/** QuickJS throws null where no memory is left for an error. A study may throw null as well. */
function isOutOfMemory(thrown: Thrown, { heapBytes, limits }: EvaluationHost): boolean {
  const { name, message } = thrown;
  // Not even the error could be reported.
  if (thrown === NOTHING) return heapBytes() >= limits.megabytes * MEGABYTE;
  // A text of 2^30 characters, which would not fit either; it is counted before it takes memory.
  if (name === "InternalError") return ["out of memory", "string too long"].includes(message);
  return name === "" && message === "null" && heapBytes() > (limits.megabytes * MEGABYTE) / 2;
}

const NOTHING: Thrown = {
  name: "",
  message: "something that cannot be shown",
  stack: "",
  problems: "",
};

/** The prelude's `describe` gives JSON of this form and nothing else. */
function thrownOf(context: QuickJSContext, handle: QuickJSHandle): Thrown {
  return JSON.parse(context.getString(handle)) as Thrown;
}
