/**
 * Programs that end when the process that started them is killed. A signal of death is not for Node to ask
 * for; but the other end of a pipe closes whatever kills a process. So a shell waits at the pipe, in the
 * program's own group, and becomes the program for all the rest.
 */
import { isAbsolute, join } from "node:path";
import { isProgram, programPath } from "./program-path.ts";

/**
 * $1 and $2: the program that ends a container and the container's name, or nothing. What the guard starts
 * must not hold the program's outputs open; the program must not hold the pipe open. It survives the signals
 * that ask the group to stop, since the program may take its time. The name of the group ($$) outlives the
 * program's process while the guard is in it, so it cannot be another group's by then. A line means that the
 * program has ended by itself. The guard is no child of the program's, which may wait for all of its children.
 */
const GUARD = `
  ( (
    trap "" TERM INT HUP
    exec </dev/null >/dev/null 2>&1
    if ! read -r _ <&3 && [ -n "$1" ]; then "$1" kill "$2" 3<&-; fi
    kill -s KILL -- "-$$"
  ) & )
  shift 2
  exec 3<&- "$0" "$@"
`;

export interface Guarded {
  readonly program: string;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly stop?: readonly string[] | null;
}

/** What to start instead. Null where there is no such program. */
export function guarded({ program, words, environment, folder, stop }: Guarded): {
  readonly program: string;
  readonly words: readonly string[];
} | null {
  const path = pathOf(program, folder, environment);
  if (path === null) return null;
  if (process.platform === "win32") return { program: path, words };
  const ends = stop?.[0] === "kill" ? [path, stop[1] ?? ""] : ["", ""];
  return { program: "/bin/sh", words: ["-c", GUARD, path, ...ends, ...words] };
}

function pathOf(
  program: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
): string | null {
  if (!program.includes("/")) return programPath(program, environment);
  const path = isAbsolute(program) ? program : join(folder, program);
  return isProgram(path) ? path : null;
}
