/**
 * Where lines are printed: results on standard output, everything said beside them on standard error.
 * The only maker of terminal codes; a line itself never holds any (`visibleLine`). On a terminal a
 * status line may stand last; it gives way to every other line.
 */
import type { Line, Tone } from "../base/toned-line.ts";
import { visibleLine } from "../base/visible-text.ts";
import { lineText } from "../base/toned-line.ts";
import type { Output } from "../commands/reporting/reporters.ts";

/** A part of `process.stdout`. */
export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Screen extends Output {
  /** Null where nobody watches. "" takes the line away. */
  readonly showStatus: ((text: string) => void) | null;
  /** Characters of a line. */
  readonly columns: () => number;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function openScreen(
  streams: { readonly out: Stream; readonly err: Stream },
  environment: Environment,
): Screen {
  const { out, err } = streams;
  const [outColours, errColours] = [hasColours(out, environment), hasColours(err, environment)];
  const watched = err.isTTY === true && environment["TERM"] !== "dumb";
  let status = "";
  const print = (stream: Stream, text: string): void => {
    if (status !== "") err.write(CLEAR);
    stream.write(`${text}\n`);
    if (status !== "") err.write(status);
  };
  const showStatus = (text: string): void => {
    if (text === status) return;
    err.write(`${status === "" ? "" : CLEAR}${text}`);
    status = text;
  };
  return {
    out: (line) => {
      print(out, printed(line, outColours));
    },
    err: (line) => {
      print(err, printed(line, errColours));
    },
    showStatus: watched
      ? (text) => {
          showStatus(visibleLine(text));
        }
      : null,
    // A pseudo-terminal without a size has 0.
    columns: () => (err.columns === undefined || err.columns === 0 ? DEFAULT_COLUMNS : err.columns),
  };
}

const DEFAULT_COLUMNS = 80;
/** To the beginning of the line, and nothing in it. */
const CLEAR = "\r\u001b[K";

/** https://no-color.org and https://force-color.org: what the person says counts before what the stream is. */
function hasColours(stream: Stream, environment: Environment): boolean {
  const said = (name: string): boolean => (environment[name] ?? "") !== "";
  if (said("NO_COLOR")) return false;
  if (said("FORCE_COLOR")) return environment["FORCE_COLOR"] !== "0";
  return stream.isTTY === true && environment["TERM"] !== "dumb";
}

function printed(line: Line, inColour: boolean): string {
  if (typeof line === "string" || !inColour) return visibleLine(lineText(line));
  const { tone, start, rest } = line;
  return `\u001b[${colours[tone]}m${visibleLine(start)}\u001b[0m${visibleLine(rest)}`;
}

/** Of the terminal's own sixteen, so that they can be read on any background. */
const colours: Readonly<Record<Tone, number>> = {
  problem: 31,
  good: 32,
  warning: 33,
  news: 34,
  soft: 90,
};
