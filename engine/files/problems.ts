/** Problems of files and folders: what stands in the place of one of ours, and what a machine refuses. */
import { kind } from "../base/problem-kind.ts";
import { problemsOf } from "../base/problems.ts";

type Doing = "read" | "write";

const named = (file: string): string => JSON.stringify(file);

export const filesProblems = {
  "file-not-found": kind<{ file: string }>(
    1,
    ({ file }) => `The file ${named(file)} does not exist.`,
    () => "Check the name and the folder, or run the step that makes the file.",
  ),
  "folder-not-found": kind<{ file: string }>(
    1,
    ({ file }) => `Cannot write ${named(file)}: its folder does not exist.`,
    () => "Create the folder, or choose another one.",
  ),
  "file-is-a-folder": kind<{ file: string; doing: Doing }>(
    1,
    ({ file, doing }) => `Cannot ${doing} ${named(file)}: it is a folder.`,
    () => "Move the folder away, or use another file name.",
  ),
  "file-access-refused": kind<{ file: string; doing: Doing }>(
    1,
    ({ file, doing }) => `Not allowed to ${doing} ${named(file)}.`,
    ({ doing }) =>
      doing === "read"
        ? "Give yourself the right to read the file."
        : "The folder is read-only or belongs to somebody else: change its rights or choose another.",
  ),
  "disk-full": kind<{ file: string }>(
    1,
    ({ file }) => `No space left on the disk for ${named(file)}; nothing was left under that name.`,
    () => "Free some space, or write to another disk, and run again.",
  ),
  "file-system-error": kind<{ file: string; doing: Doing; answer: string }>(
    1,
    ({ file, doing, answer }) =>
      `Cannot ${doing} ${named(file)}: the file system answered ${answer}.`,
    () => "Check the file name, the disk and the network drive, and run again.",
  ),
  "run-locked": kind<{
    readonly process: number;
    readonly host: string;
    readonly since: string;
    readonly wanted: readonly string[];
    /** Whether the process can be seen from here. */
    readonly isSure: boolean;
  }>(
    1,
    ({ process, host, since, wanted }) =>
      `Another run is under way in this folder: process ${process} on ${host} has been running ${wanted.join(", ")} since ${since}`,
    ({ isSure }) =>
      isSure
        ? "Wait until it ends, or stop it with Ctrl-C where it runs."
        : "It runs in another container or on another machine. Wait until it ends; if it is gone: cohortline clean --force",
  ),
  "file-outside-workspace": kind<{ readonly path: string }>(
    1,
    ({ path }) => `${JSON.stringify(path)} is not a file inside the study's folder`,
    () => "Write its path from the study's folder; links that lead out are not followed.",
  ),
  "file-is-a-link": kind<{ readonly file: string }>(
    1,
    ({ file }) =>
      `${named(file)} is a symbolic link, where only a file or folder of cohortline's may be`,
    () => "Remove the link, not what it leads to, and run again.",
  ),
  "file-not-plain": kind<{ readonly file: string }>(
    1,
    ({ file }) => `${named(file)} is not an ordinary file: it is a pipe, a socket or a device`,
    () => "Put an ordinary file in its place, or remove it.",
  ),
  "file-too-large": kind<{ readonly file: string; readonly most: number }>(
    1,
    ({ file, most }) => `${named(file)} is larger than ${most} bytes, the most that is read`,
    () => "Check that it is the file that was meant.",
  ),
  "file-changed-while-read": kind<{ readonly file: string }>(
    1,
    ({ file }) => `${named(file)} grew while it was read`,
    () => "Wait until whoever writes it has finished, and run again.",
  ),
  "folder-not-ours": kind<{ readonly folder: string; readonly found: string }>(
    1,
    ({ folder, found }) =>
      `${named(folder)} is ${found}, where only a folder of cohortline's may be`,
    () => "Move it away, and run again: the folder will be made.",
  ),
  "folder-locked": kind<{
    readonly folder: string;
    readonly process: number;
    readonly host: string;
    readonly since: string;
    readonly doing: string;
  }>(
    1,
    ({ folder, process, host, since, doing }) =>
      `${doing} is at work in ${named(folder)}: process ${process} on ${host}, since ${since}`,
    () => "Wait until it ends. If it is gone: cohortline clean --force",
  ),
  "too-many-open-files": kind<{ readonly file: string }>(
    1,
    ({ file }) => `Cannot open ${named(file)}: this process may not have more files open`,
    () => "Allow more, for instance with: ulimit -n 1024",
  ),
  "machine-memory": kind<Record<string, never>>(
    1,
    () => "The machine gave no more memory",
    () =>
      "Free some, or lift the limit on this process: ulimit -v unlimited. Cohortline asks for 12 GiB of addresses, and uses few of them.",
  ),
  "no-temporary-folder": kind<{ readonly folder: string; readonly why: string }>(
    1,
    ({ folder, why }) => `The folder for temporary files, ${named(folder)}, ${why}`,
    () => "Set TMPDIR to a folder that you may write to, with room for what is worked on.",
  ),
  "lock-damaged": kind<{ readonly file: string }>(
    1,
    ({ file }) => `The lock ${named(file)} does not say who holds it`,
    () => "If nobody else is at work here, remove it: cohortline clean",
  ),
} as const;

export const { fail, problem } = problemsOf(filesProblems);
