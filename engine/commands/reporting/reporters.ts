/** How a command's events are shown: as text for people, or a JSON object a line for programs. */
import { tonedWarning } from "../../base/problems.ts";
import type { Line } from "../../base/toned-line.ts";
import { visibleJson } from "../../base/visible-text.ts";
import { countsText } from "../../backend/codelist-counts.ts";
import type { CodelistFacts } from "../manifest/vocabulary-facts.ts";
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
  if (event.kind === "vocabulary") return vocabularyLines(event, verbosity);
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

/** One line where nothing is wrong; otherwise one for each codelist that lacks something. */
function vocabularyLines(
  { study, release, codelists }: Extract<RunEvent, { kind: "vocabulary" }>,
  verbosity: Verbosity,
): readonly string[] {
  if (verbosity === "quiet") return [];
  const of = `of ${codelists.length} ${codelists.length === 1 ? "codelist" : "codelists"}`;
  const where = `vocabularies of the records (${release ?? "release not told"})`;
  if (verbosity === "verbose") {
    return [`${study}: codes ${of} in the ${where}`, ...codelists.map(lookedUpText)];
  }
  const lacking = codelists.filter(
    ({ missing, retired, unmapped }) => missing + retired + unmapped > 0,
  );
  if (lacking.length === 0) return [`${study}: every code ${of} is in the ${where}`];
  const more = lacking.length - CODELISTS_SHOWN;
  return [
    ...lacking.slice(0, CODELISTS_SHOWN).map(lookedUpText),
    ...(more > 0 ? [`and ${more} more codelists that lack something; --verbose lists all`] : []),
  ];
}

function lookedUpText({ name, system, vocabularies, ...counts }: CodelistFacts): string {
  const where = vocabularies.length === 0 ? "concepts" : vocabularies.join(", ");
  return `codelist ${name} (${system} in ${where}): ${countsText(counts)}`;
}

type Texts = Exclude<RunEvent, { readonly kind: "warning" | "done" | "codelists" | "vocabulary" }>;

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
