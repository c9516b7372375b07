/** Problems of showing a study in a browser: of the server, and of what a browser asks it for. */
import { kind } from "../base/problem-kind.ts";
import { problemsOf } from "../base/problems.ts";
import { someNames } from "../base/wording.ts";

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
  "log-unknown": kind<{ readonly number: number }>(
    1,
    ({ number }) => `Run ${number} has no log of this job`,
    () => "The page of the run lists its jobs, and those that have a log.",
  ),
  "log-changed": kind<{ readonly action: string; readonly number: number }>(
    1,
    ({ action, number }) =>
      `The log of ${action} is not as run ${number} left it, so it is not shown`,
    () => "A later run of the action writes its log anew: look there.",
  ),
  "release-of-nothing": kind<object>(
    1,
    () => "No file was chosen, so there is nothing to examine",
    () => "Go back and choose the measures to release.",
  ),
  "release-of-folders": kind<{ readonly folders: readonly string[] }>(
    1,
    ({ folders }) => `A release is of one folder, and these are of ${someNames(folders)}`,
    () => "Go back and choose files of one folder.",
  ),
  "release-not-choosable": kind<NamedFile>(
    1,
    ({ file }) => `${file} is no measure, and only measures can be audited and released here`,
    () => "Go back and choose from the measures that the page lists.",
  ),
  "release-name": kind<object>(
    1,
    () => "A release needs a name of letters, digits, dots and dashes, up to 64 of them",
    () => "Go back and name it, such as first-release.",
  ),
  "release-name-taken": kind<{ readonly name: string }>(
    1,
    ({ name }) => `There is a release ${name} already, and a release is never changed`,
    () => "Go back and give this one another name.",
  ),
  "release-unsaid": kind<object>(
    1,
    () => "It was not said what was released of these patients before, or two things were",
    () => "Go back and choose the earlier releases, or that this is the first.",
  ),
  "release-earlier-unknown": kind<object>(
    1,
    () => "An earlier release that was chosen is not in this study's folder",
    () => "Go back, load the page again and choose from its list.",
  ),
  "release-under-way": kind<object>(
    1,
    () => "Another release is being examined or packed",
    () => "Wait until it is done, and do this again.",
  ),
  "review-unknown": kind<object>(
    1,
    () => "This release is not known here: the server may have been started again since",
    () => "Go to the page of the run, and examine the release again.",
  ),
} as const;

export const { fail, problem } = problemsOf(serveProblems);
