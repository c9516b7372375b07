/** How a command's events are shown: as text for people, or a JSON object a line for programs. */
import { tonedWarning } from "../../base/problems.ts";
import type { Line } from "../../base/toned-line.ts";
import { visibleJson } from "../../base/visible-text.ts";
import type { Progress, Reporter, RunEvent } from "../context.ts";

export interface Output {
  /** A result. */
  readonly out: (line: Line) => void;
  /** Anything said beside the results. */
  readonly err: (line: Line) => void;
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
    report: (event) => {
      for (const line of linesOf(event, verbosity)) output.err(line);
    },
    progress: startProgress ?? silentProgress,
  };
}

/** Each event on standard output; nothing else goes there. */
export function jsonReporter(output: Output): Reporter {
  return {
    report: (event) => {
      output.out(visibleJson(event));
    },
    progress: silentProgress,
  };
}

function linesOf(event: RunEvent, verbosity: Verbosity): readonly Line[] {
  if (event.kind === "warning") return tonedWarning(event.problem);
  // The end is reported by the command's own result.
  if (event.kind === "done") return [];
  const isShown = event.kind === "printed" ? verbosity !== "quiet" : verbosity === "verbose";
  return isShown ? [textOf(event)] : [];
}

function textOf(event: Exclude<RunEvent, { readonly kind: "warning" | "done" }>): string {
  switch (event.kind) {
    case "printed":
      return `${event.study}: ${event.text}`;
    case "message":
      return event.text;
    case "study":
      return `${event.study}: ${event.indexDates} index ${event.indexDates === 1 ? "date" : "dates"}`;
    case "suppressed":
      return suppressedText(event);
    case "written":
      return `wrote ${event.file} (${event.rows} rows, ${event.bytes} bytes)`;
    case "kept":
      return `kept ${event.file}, nothing it depends on changed`;
  }
}

function suppressedText({
  measure,
  column,
  date,
  groups,
  more,
}: Extract<RunEvent, { kind: "suppressed" }>): string {
  const also = more === 0 ? "" : `, and in ${more} more that would give them away`;
  const where = `column ${column} of measure ${measure}`;
  return `${date}: suppressed small numbers in ${groups} ${groups === 1 ? "group" : "groups"} of ${where}${also}`;
}

function silentProgress(): Progress {
  return { advance: () => undefined, end: () => undefined };
}
