/** How a command's events are shown: as text for people, or a JSON object a line for programs. */
import { tonedWarning } from "../../base/problems.ts";
import type { Line } from "../../base/toned-line.ts";
import { visibleJson } from "../../base/visible-text.ts";
import type { CodelistTold, Progress, Reporter, RunEvent } from "../context.ts";

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
  if (event.kind === "codelists") return codelistLines(event, verbosity);
  const isShown = event.kind === "printed" ? verbosity !== "quiet" : verbosity === "verbose";
  return isShown ? [textOf(event)] : [];
}

/** More than so many are told in full only to who wants to know everything. */
const CODELISTS_SHOWN = 12;

/** Those of which least occurs first: they are the ones to look at. */
function codelistLines(
  { codelists }: Extract<RunEvent, { kind: "codelists" }>,
  verbosity: Verbosity,
): readonly string[] {
  if (verbosity === "quiet") return [];
  if (verbosity === "verbose" || codelists.length <= CODELISTS_SHOWN) {
    return codelists.map(codelistText);
  }
  const share = ({ codes, occurring }: CodelistTold): number => (occurring ?? codes) / codes;
  const sorted = [...codelists].sort((a, b) => share(a) - share(b));
  const more = codelists.length - CODELISTS_SHOWN;
  return [
    ...sorted.slice(0, CODELISTS_SHOWN).map(codelistText),
    `and ${more} more codelists of which at least as much occurs; --verbose lists all`,
  ];
}

function codelistText({ name, codes, occurring }: CodelistTold): string {
  const of = `${codes} ${codes === 1 ? "code" : "codes"}`;
  return occurring === null
    ? `codelist ${name}: some of ${of} occur`
    : `codelist ${name}: ${occurring} of ${of} ${occurring === 1 ? "occurs" : "occur"}`;
}

type Texts = Exclude<RunEvent, { readonly kind: "warning" | "done" | "codelists" }>;

function textOf(event: Texts): string {
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
