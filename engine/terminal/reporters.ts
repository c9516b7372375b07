/** How a command's events are shown: as text for people, or a JSON object a line for programs. */
import { problemText } from "../base/problems.ts";
import { progressLine } from "./progress-line.ts";
import type { Progress, Reporter, RunEvent } from "../run/reporter.ts";

export interface Output {
  /** Results; a line without its end. */
  readonly out: (line: string) => void;
  /** Everything said beside the results. */
  readonly err: (line: string) => void;
}

/** As `--json`, `--quiet`, `--verbose` say; progress only where a person watches a terminal. */
export function reporterFor(
  options: Readonly<Record<string, unknown>>,
  output: Output,
  isTerminal: boolean,
): Reporter {
  if (options["json"] === true) return jsonReporter(output);
  if (options["quiet"] === true) return textReporter(output, "quiet", null);
  const verbosity = options["verbose"] === true ? "verbose" : "normal";
  return textReporter(output, verbosity, isTerminal ? progressLine : null);
}

export type Verbosity = "quiet" | "normal" | "verbose";
type StartProgress = Reporter["progress"];

/** `startProgress` is null where nobody watches: the output is piped, quiet or JSON. */
export function textReporter(
  output: Output,
  verbosity: Verbosity,
  startProgress: StartProgress | null,
): Reporter {
  return {
    tell: (event) => {
      const line = textOf(event, verbosity);
      if (line !== null) output.err(line);
    },
    progress: startProgress ?? silentProgress,
  };
}

/** Each event on standard output; nothing else goes there. */
export function jsonReporter(output: Output): Reporter {
  return {
    tell: (event) => {
      output.out(JSON.stringify(event));
    },
    progress: silentProgress,
  };
}

function textOf(event: RunEvent, verbosity: Verbosity): string | null {
  switch (event.kind) {
    case "warning":
      return `warning: ${problemText(event.problem)}`;
    case "message":
      return verbosity === "verbose" ? event.text : null;
    case "study":
      return verbosity === "verbose"
        ? `${event.study}: ${event.indexDates} index ${event.indexDates === 1 ? "date" : "dates"}`
        : null;
    case "written":
      return verbosity === "verbose"
        ? `wrote ${event.file} (${event.rows} rows, ${event.bytes} bytes)`
        : null;
    case "kept":
      return verbosity === "verbose" ? `kept ${event.file}, nothing it depends on changed` : null;
  }
}

function silentProgress(): Progress {
  return { advance: () => undefined, end: () => undefined };
}
