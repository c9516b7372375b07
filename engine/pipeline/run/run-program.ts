/** Runs a program to its end, or until the person asks to stop. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

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
}

export interface ProgramEnd {
  /** Null where it was ended by a signal, or could not be started. */
  readonly exit: number | null;
  /** The signal, or the system's word for why it could not be started. */
  readonly signal: string | null;
  readonly started: boolean;
}

const PATIENCE_MILLISECONDS = 5_000;

/** Asked to stop, it gets SIGTERM with all that it started, and five seconds later SIGKILL. */
export function runProgram(request: ProgramRequest): Promise<ProgramEnd> {
  const child = started(request);
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

/** In a group of its own, so that what it starts can be ended with it. */
function started({ program, words, folder, environment, onLine }: ProgramRequest): ChildProcess {
  const child = spawn(program, words, {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream, crlfDelay: Infinity }).on("line", onLine);
  }
  return child;
}

function endOf(child: ChildProcess): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      resolve({ exit: null, signal: error.code ?? "error", started: false });
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
