/**
 * A line for a person, whose beginning may have a tone. Which colour that is, and whether there are
 * colours at all, is known only where the line is printed: a line itself holds no terminal code.
 */
export type Tone = "problem" | "warning" | "good" | "news" | "soft";

export interface TonedLine {
  readonly tone: Tone;
  readonly start: string;
  readonly rest: string;
}

export type Line = string | TonedLine;

/** What it says, without its tone. */
export function lineText(line: Line): string {
  return typeof line === "string" ? line : line.start + line.rest;
}
