/** Problems of showing a study in a browser: of the server, and of what a browser asks it for. */
import { kind } from "../base/problem-kind.ts";
import { problemsOf } from "../base/problems.ts";

interface NamedFile {
  readonly file: string;
}

export const serveProblems = {
  "port-taken": kind<{ readonly port: number; readonly free: number | null }>(
    1,
    ({ port }) => `Port ${port} is taken by another program`,
    ({ free }) =>
      free === null
        ? "Name another one with --port."
        : `Port ${free} is free: cohortline serve --port ${free}`,
  ),
  "port-refused": kind<{ readonly place: string; readonly reason: string }>(
    1,
    ({ place, reason }) => `Cannot listen on ${place}: ${reason}`,
    () => "Name a port above 1023 with --port, or a socket in a folder of your own.",
  ),
  "socket-taken": kind<NamedFile>(
    1,
    ({ file }) => `There is already something at ${file}`,
    ({ file }) => `Give --socket another name, or remove ${file} if no server uses it.`,
  ),
  "host-refused": kind<object>(
    1,
    () => "This address was reached under a name that is not this machine's own",
    () => "Open the address that cohortline serve printed.",
  ),
  "origin-refused": kind<object>(
    1,
    () => "Another site led here, so nothing was shown or changed",
    () => "Open the address that cohortline serve printed.",
  ),
  "no-session": kind<object>(
    1,
    () => "This browser has not been let in",
    () => "Open the address that cohortline serve printed; it opens once.",
  ),
  "address-used": kind<object>(
    1,
    () => "This address has been used already, or is not one that was printed",
    () => "Open the last address on the terminal of cohortline serve.",
  ),
  "form-refused": kind<object>(
    1,
    () => "This form was not made by the server as it runs now, so nothing was changed",
    () => "Load the page again and repeat what you did.",
  ),
  "form-too-large": kind<object>(
    1,
    () => "What was sent is larger than any form here",
    () => "Go back and choose fewer actions.",
  ),
  "method-refused": kind<object>(
    1,
    () => "This page takes no request of this kind",
    () => "Go to the page of the workspace.",
  ),
  "page-unknown": kind<object>(
    1,
    () => "There is no such page",
    () => "Go to the page of the workspace, and look for it there.",
  ),
  "too-many-pages": kind<object>(
    1,
    () => "Too many pages are open",
    () => "Close some of them, and load this one again.",
  ),
  "page-broken": kind<object>(
    1,
    () => "This page could not be made: a bug in cohortline",
    () => "The terminal of cohortline serve says more. Please report it.",
  ),
  "run-under-way": kind<{ readonly number: number }>(
    1,
    ({ number }) => `Run ${number} is still on, so no other was started`,
    ({ number }) => `Wait until run ${number} has ended, or cancel it on its page.`,
  ),
  "run-not-under-way": kind<{ readonly number: number }>(
    1,
    ({ number }) => `Run ${number} is not under way here, so there is nothing to cancel`,
    () => "A run that was started on a terminal is cancelled there, with Ctrl-C.",
  ),
  "run-of-others": kind<{ readonly number: number }>(
    1,
    ({ number }) =>
      `The record of run ${number} was not written here by you: no file is shown for it`,
    () => "Run the actions yourself, or, if this folder is yours, `cohortline trust`.",
  ),
  "output-unknown": kind<{ readonly number: number }>(
    1,
    ({ number }) => `Run ${number} made no such output`,
    () => "The page of the run lists what it made.",
  ),
  "output-sensitive": kind<NamedFile>(
    1,
    ({ file }) => `${file} is highly sensitive: only its name, size, rows and hash are shown`,
    () => "Code can be run against it; nobody may look at it.",
  ),
  "output-kept-back": kind<NamedFile & { readonly reason: string }>(
    1,
    ({ file, reason }) => `${file} was withheld: it ${reason}`,
    () => "Change the action so that its output passes the checks, and run it again.",
  ),
  "output-changed": kind<NamedFile & { readonly action: string }>(
    1,
    ({ file }) => `${file} is not as the run made it, so it is not shown`,
    ({ action }) => `Make it again: cohortline run ${action}`,
  ),
} as const;

export const { fail, problem } = problemsOf(serveProblems);
