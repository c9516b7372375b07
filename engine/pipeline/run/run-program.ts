/** Runs a program to its end, or until the person asks to stop. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { guarded } from "./end-with-parent.ts";

export interface ProgramRequest {
  readonly program: string;
  readonly words: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Hears each line of either output. */
  readonly onLine: (line: string) => void;
  /** Called when it is asked to stop, beside the signal sent to it. */
  readonly onStop?: () => void;
  /** Words for the same program that end what it started elsewhere, such as a container. */
  readonly stop?: readonly string[] | null;
}

export interface ProgramEnd {
  /** Null where it was ended by a signal, or could not be started. */
  readonly exit: number | null;
  /** The signal, or the system's word for why it could not be started. */
  readonly signal: string | null;
  readonly started: boolean;
}

const PATIENCE_MILLISECONDS = 5_000;
const NOT_FOUND: ProgramEnd = { exit: null, signal: "ENOENT", started: false };

/**
 * Asked to stop, it gets SIGTERM with all that it started, and five seconds later SIGKILL. If this process is
 * killed, they are killed with it.
 */
export function runProgram(request: ProgramRequest): Promise<ProgramEnd> {
  const child = started(request);
  if (child === null) return Promise.resolve(NOT_FOUND);
  const { signal, onStop } = request;
  let impatience: NodeJS.Timeout | undefined;
  const stop = (): void => {
    onStop?.();
    signalGroup(child.pid, "SIGTERM");
    const kill = (): void => {
      signalGroup(child.pid, "SIGKILL");
    };
    impatience = setTimeout(kill, PATIENCE_MILLISECONDS);
  };
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  return endOf(child).finally(() => {
    clearTimeout(impatience);
    signal.removeEventListener("abort", stop);
  });
}

/** In a group of its own, so that what it starts can be ended with it. Null where there is no such program. */
function started(request: ProgramRequest): ChildProcess | null {
  const start = guarded(request);
  if (start === null) return null;
  const child = spawn(start.program, start.words, {
    cwd: request.folder,
    env: request.environment,
    // The last one tells the guard when the program has ended, or when this process is gone.
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream, crlfDelay: Infinity }).on("line", request.onLine);
  }
  child.stdio[3]?.on("error", () => undefined);
  return child;
}

function endOf(child: ChildProcess): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      resolve({ exit: null, signal: error.code ?? "error", started: false });
    });
    child.on("exit", () => {
      const guard = child.stdio[3];
      if (guard !== null && guard !== undefined && "end" in guard) guard.end("\n");
    });
    child.on("close", (exit, signal) => {
      resolve({ exit, signal, started: true });
    });
  });
}

function signalGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // It has ended by itself.
  }
}
