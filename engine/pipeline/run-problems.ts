/** Problems of running a project.yaml, and of the records that runs leave. */
import { kind } from "../base/problem-kind.ts";
import { nearestHint, quotedList } from "../base/wording.ts";

export interface OfAction {
  readonly action: string;
}

function andMore(others: number): string {
  if (others === 0) return " was";
  return ` and ${others} more ${others === 1 ? "record" : "records"} were`;
}

export const runProblems = {
  "unknown-action": kind<{
    readonly wanted: string;
    readonly nearest: readonly string[];
    readonly known: readonly string[];
  }>(
    2,
    ({ wanted }) => `There is no action ${JSON.stringify(wanted)} in project.yaml`,
    ({ nearest, known }) =>
      `${nearest.length > 0 ? `${nearestHint(nearest)} ` : ""}Known: ${quotedList(known)}.`,
  ),
  "no-action-named": kind<{ readonly known: readonly string[] }>(
    2,
    () => "No actions given",
    ({ known }) => `Name some of ${quotedList(known)}.`,
  ),
  "dummy-tables-in-real-run": kind<{ readonly actions: readonly string[] }>(
    1,
    ({ actions }) =>
      `The run is against a database, and ${quotedList(actions)} would make dummy tables`,
    () => "Run them without a database URL, or name the other actions.",
  ),
  "action-failed": kind<OfAction & { readonly exit: string; readonly log: string }>(
    1,
    ({ action, exit }) => `Action ${action} ended with ${exit}`,
    ({ log }) => `See its log: ${log}.`,
  ),
  "action-unmatched": kind<
    OfAction & {
      readonly patterns: readonly string[];
      readonly made: readonly string[];
      /** Files of other actions. */
      readonly changed: readonly string[];
    }
  >(
    1,
    ({ action, patterns }) => `Action ${action} made no file for ${quotedList(patterns)}`,
    ({ made, changed }) => {
      if (changed.length > 0)
        return `It changed ${quotedList(changed)}, which another action made: those stay as they were. Write to files of other names.`;
      return made.length === 0
        ? "It made no file at all."
        : `It made ${quotedList(made)}: did you mean one of these?`;
    },
  ),
  "action-tool-missing": kind<
    OfAction & {
      readonly image: string;
      readonly program: string;
      readonly isHere: boolean;
      /** Python's sandbox could run it, if it were installed. */
      readonly sandboxed: boolean;
    }
  >(
    1,
    ({ action, image }) =>
      `Action ${action} runs ${image}, and neither Docker nor Podman answers on this machine`,
    ({ program, isHere, sandboxed }) =>
      [
        isHere
          ? `Start Docker or Podman; or run with --local-tools, which uses the ${program} of this machine.`
          : `Install and start Docker or Podman; or install ${program} and run with --local-tools.`,
        ...(sandboxed
          ? ["Or install Python for the sandbox, on Node 24: cohortline tools install python."]
          : []),
      ].join(" "),
  ),
  "action-program-missing": kind<OfAction & { readonly program: string }>(
    1,
    ({ action, program }) =>
      `Action ${action} needs the program ${program}, which is not installed`,
    ({ program }) =>
      `Install ${program}, or run without --local-tools where Docker or Podman answers.`,
  ),
  "action-system": kind<OfAction & { readonly doing: string; readonly reason: string }>(
    1,
    ({ action, doing, reason }) =>
      `Action ${action} cannot go on: the system refused ${doing} (${reason})`,
    () => "Check the space on the disk, and the rights on the study's folder and on metadata/.",
  ),
  "output-name-not-text": kind<OfAction & { readonly files: readonly string[] }>(
    1,
    ({ action, files }) =>
      `Action ${action} made a file whose name is not UTF-8: ${quotedList(files.slice(0, 5))}`,
    () => "Give it a name in UTF-8.",
  ),
  "output-withheld": kind<OfAction & { readonly file: string; readonly reason: string }>(
    1,
    ({ action, file, reason }) => `Output ${file} of ${action} is withheld: it ${reason}`,
    () => "Aggregate it further, or declare it highly_sensitive.",
  ),
  "code-left-out": kind<{ readonly file: string; readonly reason: string }>(
    1,
    ({ file, reason }) => `${file} is left out of every action: it ${reason}`,
    () =>
      "Actions see code and the outputs that they need. Name patients' data with --database-url or dummy_data_file; list the file in .gitignore to hear no more of it.",
  ),
  "code-name-not-text": kind<{ readonly file: string }>(
    1,
    ({ file }) =>
      `${JSON.stringify(file)} has a name that is not UTF-8, so that no action can be given it`,
    () => "Rename it, or list it in .gitignore.",
  ),
  "code-folder-unreadable": kind<{ readonly folder: string; readonly reason: string }>(
    1,
    ({ folder, reason }) => `The folder ${shortened(folder)} cannot be read (${reason})`,
    () => "Make it readable, remove it, or list it in .gitignore.",
  ),
  "tracked-output": kind<{ readonly file: string }>(
    1,
    ({ file }) => `git tracks ${file}, which an action makes`,
    ({ file }) =>
      `Whoever has the repository has the file. Take it out with git rm --cached ${file}, and list it in .gitignore.`,
  ),
  "tracked-patients": kind<{ readonly file: string; readonly reason: string }>(
    1,
    ({ file, reason }) => `git tracks ${file}, which ${reason}`,
    ({ file }) =>
      `Whoever has the repository has the file. Take it out with git rm --cached ${file}, and list it in .gitignore.`,
  ),
  "no-runs": kind<Record<string, never>>(
    1,
    () => "Nothing has been run in this folder",
    () => "Run something first: cohortline run run_all.",
  ),
  "unknown-run": kind<{ readonly wanted: string; readonly latest: number }>(
    2,
    ({ wanted }) => `There is no run ${JSON.stringify(wanted)}`,
    ({ latest }) =>
      `Give a run number from 1 to ${latest}, the beginning of an identifier, or latest; cohortline runs lists them.`,
  ),
  "record-unreadable": kind<{ readonly file: string; readonly reason: string }>(
    1,
    ({ file, reason }) => `${file} cannot be read: ${reason}`,
    () =>
      "What it recorded is treated as unknown. Use the newer version that wrote it; otherwise remove the file, and run again what it told of.",
  ),
  "records-foreign": kind<{ readonly files: readonly string[] }>(
    1,
    ({ files }) =>
      `${files[0] ?? ""}${andMore(files.length - 1)} not written here by your own cohortline, so nothing in ${files.length > 1 ? "them" : "it"} is trusted`,
    () =>
      "What they describe is treated as never run. If you moved this folder or share it with people you trust: cohortline trust",
  ),
  "runs-foreign": kind<{ readonly numbers: readonly number[] }>(
    1,
    ({ numbers }) =>
      `${numbers.length > 1 ? "Runs" : "Run"} ${numbers.slice(0, 10).join(", ")}${numbers.length > 10 ? ", …" : ""}: not recorded here by your own cohortline, so nothing proves what the record tells`,
    () => "If you moved this folder or share it with people you trust: cohortline trust",
  ),
  "no-user-state": kind<{ readonly why: string }>(
    1,
    ({ why }) =>
      `There is no place for the key by which cohortline recognises its own records: ${why}`,
    () =>
      "Everything is run again the next time. Set XDG_STATE_HOME to a folder outside the study that is yours alone.",
  ),
  "tracked-records": kind<{ readonly files: readonly string[] }>(
    1,
    ({ files }) =>
      `git tracks ${files[0] ?? ""}${files.length > 1 ? ` and ${files.length - 1} more files` : ""} of metadata/, which is for this machine alone`,
    () => "Take it out of the repository: git rm -r --cached metadata",
  ),
  "no-manifest": kind<Record<string, never>>(
    1,
    () => "metadata/manifest.json is missing or was not written by cohortline",
    () => "It is written when an action has run: cohortline run run_all.",
  ),
  "output-gone": kind<{ readonly file: string; readonly action: string }>(
    1,
    ({ file, action }) => `${file}, which ${action} made, is gone`,
    ({ action }) => `Regenerate it: cohortline run ${action}.`,
  ),
  "output-altered": kind<{ readonly file: string; readonly action: string }>(
    1,
    ({ file, action }) => `${file} has been modified since ${action} wrote it (checksum differs)`,
    ({ action }) => `Regenerate it: cohortline run ${action}.`,
  ),
} as const;

const MOST_LETTERS = 120;

function shortened(path: string): string {
  return path.length <= MOST_LETTERS ? path : `${path.slice(0, MOST_LETTERS)}…`;
}
