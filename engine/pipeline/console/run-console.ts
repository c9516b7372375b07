/** What `run` says while it goes on. */
import { randomBytes } from "node:crypto";
import { tonedWarning } from "../../base/problems.ts";
import type { Line } from "../../base/toned-line.ts";
import { lineText } from "../../base/toned-line.ts";
import { visibleJson } from "../../base/visible-text.ts";
import type { ActionEnd } from "../run/action-run.ts";
import type { RunRequest } from "../run/run-request.ts";
import type { RunListener } from "../run/run-session.ts";
import { statusCodes } from "../record/status.ts";
import type { StatusCode } from "../record/status.ts";
import type { PipelineContext } from "../context.ts";
import { planJson, planLines } from "./plan-lines.ts";

/** Kept quiet: a person learns nothing from them that the next line does not tell. */
const SILENT = new Set<string>(["prepared", "executed", "finalizing", "waiting_on_workers"]);

export function textConsole(context: PipelineContext, request: RunRequest): RunListener {
  const tell = (line: Line): void => {
    context.stderr(request.timestamps ? `${context.now().toISOString()} ${lineText(line)}` : line);
  };
  const told: RunListener = {
    warned: (warnings) => {
      for (const line of warnings.flatMap(tonedWarning)) tell(line);
    },
    planned: (plan) => {
      for (const line of planLines(plan)) tell(line);
    },
    entered: (action, code) => {
      if (!SILENT.has(code) && statusCodes[code as StatusCode].state === "running") {
        tell(`${action}: ${statusCodes[code as StatusCode].text}`);
      }
    },
    ended: (action, end) => {
      tell(`${action}: ${end.message}`);
      for (const note of end.notes) tell(`${action}: ${note}`);
    },
  };
  return request.formatOutputForGithub
    ? { ...told, ended: githubEnd(context.stderr, told) }
    : { ...told, ended: withLastLines(tell, told) };
}

const LAST_LINES = 16;

/** Of a program that failed: what it said last is mostly why. Only lines that its log may show. */
function withLastLines(tell: (line: Line) => void, { ended }: RunListener): RunListener["ended"] {
  return (action: string, end: ActionEnd, printed: readonly string[]) => {
    ended(action, end, printed);
    if (end.code !== "nonzero_exit" || printed.length === 0) return;
    tell(`${action}: the last lines of its log:`);
    for (const line of printed.slice(-LAST_LINES)) tell(`${action} | ${line}`);
  };
}

/**
 * The log in a group that GitHub folds. What was printed cannot give GitHub a command. No time stands
 * before these lines: GitHub knows its commands at the beginning of a line only.
 */
function githubEnd(tell: (line: Line) => void, { ended }: RunListener): RunListener["ended"] {
  return (action: string, end: ActionEnd, printed: readonly string[]) => {
    ended(action, end, printed);
    // Nobody who prints can know it.
    const stop = randomBytes(12).toString("hex");
    tell(`::group:: log of ${action}`);
    tell(`::stop-commands::${stop}`);
    for (const line of printed) tell(line);
    tell(`::${stop}::`);
    tell("::endgroup::");
  };
}

/** Each event as a JSON object. */
export function jsonConsole(say: (line: string) => void): RunListener {
  const event = (kind: string, facts: object): void => {
    say(visibleJson({ kind, ...facts }));
  };
  return {
    warned: (warnings) => {
      for (const each of warnings) event("warning", { problem: each });
    },
    planned: (plan) => {
      event("plan", { actions: planJson(plan) });
    },
    entered: (action, code, at) => {
      event("state", { action, code, at });
    },
    ended: (action, { code, message, notes }) => {
      event("ended", { action, code, message, notes });
    },
  };
}
