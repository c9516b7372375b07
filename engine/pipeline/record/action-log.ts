/**
 * The log of one action. Logs may be read by people who must not see patients: what a program prints
 * that can see them goes to a file of its own, and the log holds only what cannot be of a row.
 */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { visibleLine } from "../../base/visible-text.ts";
import { tracebackLine } from "./traceback-line.ts";

export interface ActionLog {
  /** What the runner itself says. */
  readonly note: (line: string) => void;
  /** What the action prints. */
  readonly print: (line: string) => void;
  /** The last lines that a person may see, oldest first. */
  readonly tail: () => readonly string[];
  /** Lines that were kept out of the log. */
  readonly hidden: () => number;
  readonly end: (summary: readonly string[]) => void;
}

export interface LogRequest {
  readonly file: string;
  /** Where prints go that may hold values of patients. */
  readonly printed: string;
  readonly seesPatients: boolean;
  readonly clock: () => string;
}

const MOST_BYTES = 20 * 1024 * 1024;
const TAIL_LINES = 32;
const OWNER_ONLY = 0o600;

/** Begins both files anew. */
export function openLog({ file, printed, seesPatients, clock }: LogRequest): ActionLog {
  const [log, apart] = [lineFile(file), lineFile(printed)];
  rmSync(printed, { force: true });
  writeFileSync(file, "");
  const tail: string[] = [];
  let hidden = 0;
  const note = (line: string): void => {
    log(`${clock()} ${visibleLine(line)}`);
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
  const end = (summary: readonly string[]): void => {
    log(["", "=============JOB SUMMARY=============", ...summary.map(visibleLine)].join("\n"));
  };
  return { note, print, tail: () => tail, hidden: () => hidden, end };
}

/** Lines beyond the limit are counted in one last line. */
function lineFile(path: string): (line: string) => void {
  let bytes = 0;
  return (line) => {
    const text = `${line}\n`;
    if (bytes > MOST_BYTES) return;
    bytes += Buffer.byteLength(text);
    const held = bytes > MOST_BYTES ? "[the rest is left out: the log is too long]\n" : text;
    if (bytes === Buffer.byteLength(text)) mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, held, { mode: OWNER_ONLY });
  };
}
