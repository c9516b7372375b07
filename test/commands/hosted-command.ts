/** Commands one after the other in a process that stays: loading them takes longer than most of them do. */
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { join } from "node:path";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

type Message =
  { readonly name: "stdout" | "stderr"; readonly text: string } | { readonly code: number };

export interface CommandHost {
  /** Null while a command runs: a second one needs a process of its own. */
  readonly run: (folder: string, words: readonly string[]) => Promise<Ended> | null;
  readonly close: () => Promise<void>;
}

/** The process is started when the first command comes, and again where a command ended it. */
export function commandHost(cli: string, environment: NodeJS.ProcessEnv): CommandHost {
  let host: ChildProcess | null = null;
  let isBusy = false;
  return {
    run: (folder, words) => {
      if (isBusy) return null;
      isBusy = true;
      host ??= startHost(cli, environment);
      return answerOf(host, { folder, words }).then(({ hasExited, ...ended }) => {
        isBusy = false;
        if (hasExited) host = null;
        return ended;
      });
    },
    close: async () => {
      if (host === null) return;
      // No "close" comes of a process whose channel is closed from here.
      const ended = once(host, "exit");
      keepAlive(host, true);
      host.disconnect();
      await ended;
      host = null;
    },
  };
}

function startHost(cli: string, env: NodeJS.ProcessEnv): ChildProcess {
  const program = join(import.meta.dirname, "command-host.js");
  // None of this process's options: they are for its tests.
  return fork(program, [cli], { env, execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"] });
}

/** The test process may end while the host waits, and not while it works. */
function answerOf(
  host: ChildProcess,
  command: { readonly folder: string; readonly words: readonly string[] },
): Promise<Ended & { readonly hasExited: boolean }> {
  const said = { stdout: "", stderr: "" };
  keepAlive(host, true);
  return new Promise((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null, hasExited: boolean): void => {
      host.removeAllListeners();
      for (const stream of [host.stdout, host.stderr]) stream?.removeAllListeners("data");
      keepAlive(host, false);
      resolve({ code, signal, out: said.stdout, err: said.stderr, hasExited });
    };
    host.on("message", (message: Message) => {
      if ("code" in message) end(message.code, null, false);
      else said[message.name] += message.text;
    });
    host.on("close", (code, signal) => {
      end(code, signal, true);
    });
    // What Node itself says, of a command that breaks down.
    host.stdout?.on("data", (text: Buffer) => (said.stdout += text.toString()));
    host.stderr?.on("data", (text: Buffer) => (said.stderr += text.toString()));
    host.send(command);
  });
}

function keepAlive(host: ChildProcess, isNeeded: boolean): void {
  const change = isNeeded ? "ref" : "unref";
  host[change]();
  host.channel?.[change]();
  for (const stream of [host.stdout, host.stderr]) (stream as Socket | null)?.[change]();
}
