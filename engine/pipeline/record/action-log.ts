/**
 * The log of one action. Logs may be read by people who must not see patients: what a program prints
 * that can see them goes to a file of its own, and the log holds only what cannot be of a row.
 */
import { join } from "node:path";
import type { Problem } from "../../base/problems.ts";
import { openOwnLog } from "../../files/own-log.ts";
import { removeOwn } from "../../files/own-folder.ts";
import { visibleLine } from "../../base/visible-text.ts";

export interface ActionLog {
  /** What the runner itself says. */
  readonly note: (line: string) => void;
  /** What the action prints. */
  readonly print: (line: string) => void;
  /** The last lines that a person may see, oldest first. */
  readonly tail: () => readonly string[];
  /** Lines that were kept out of the log. */
  readonly hidden: () => number;
  /** Why the log lacks its end, such as a full disk; null where it is complete. */
  readonly end: (summary: readonly string[]) => Problem | null;
  /** Of the log once it has ended; null where it lacks something. */
  readonly sha256: () => string | null;
}

interface LogRequest {
  /** The study's folder. */
  readonly folder: string;
  /** From there. */
  readonly file: string;
  /** Where prints go that may hold values of patients; absolute. */
  readonly printed: string;
  readonly seesPatients: boolean;
  readonly clock: () => string;
  /** Hears of each line of the log, while it is written. */
  readonly hear: (line: string) => void;
}

const MOST_BYTES = 20 * 1024 * 1024;
const TAIL_LINES = 32;

/** Begins both files anew. */
export function openLog(request: LogRequest): ActionLog {
  const { folder, file, printed, seesPatients, clock, hear } = request;
  removeOwn(folder, printed);
  const files = [openOwnLog(folder, join(folder, file)), openOwnLog(folder, printed)] as const;
  const [log, apart] = [lineFile(files[0].write), lineFile(files[1].write)];
  const tail: string[] = [];
  let hidden = 0;
  const note = (line: string): void => {
    const shown = `${clock()} ${visibleLine(line)}`;
    log(shown);
    hear(shown);
  };
  const print = (line: string): void => {
    if (seesPatients) apart(visibleLine(line));
    const shown = seesPatients ? tracebackLine(line) : visibleLine(line);
    if (shown === null) {
      hidden += 1;
      return;
    }
    note(shown);
    tail.push(shown);
    if (tail.length > TAIL_LINES) tail.shift();
  };
  const end = (summary: readonly string[]): Problem | null => {
    log(["", "=============JOB SUMMARY=============", ...summary.map(visibleLine)].join("\n"));
    for (const each of files) each.close();
    return files[0].fault() ?? files[1].fault();
  };
  return { note, print, tail: () => tail, hidden: () => hidden, end, sha256: files[0].sha256 };
}

/** Lines beyond the limit are counted in one last line. */
function lineFile(write: (text: string) => void): (line: string) => void {
  let bytes = 0;
  return (line) => {
    const text = `${line}\n`;
    if (bytes > MOST_BYTES) return;
    bytes += Buffer.byteLength(text);
    write(bytes > MOST_BYTES ? "[the rest is left out: the log is too long]\n" : text);
  };
}

const PYTHON_PLACE = /^\s*File "[^"\n]{1,300}", line \d{1,7}(, in [\w<>.]{1,100})?$/;
const PYTHON_HEAD = /^Traceback \(most recent call last\):$/;
/** `KeyError: 'x'`, `pandas.errors.ParserError: …`: the name, never what follows it. */
const ERROR_NAME = /^((?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|Interrupt))\b/;
const R_PLACE = /^Error in ([\w.:]{1,100})\(/;

/** The line, or the part of it that names a place in code or a kind of error; null for all others. */
function tracebackLine(line: string): string | null {
  if (PYTHON_HEAD.test(line) || PYTHON_PLACE.test(line)) return line;
  const [, error] = ERROR_NAME.exec(line) ?? [];
  if (error !== undefined) return error;
  const [, place] = R_PLACE.exec(line) ?? [];
  return place === undefined ? null : `Error in ${place}`;
}
