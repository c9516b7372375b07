/** What an author's file tells its author while it runs: lines that it prints, and warnings. */
import type { Problem } from "../base/problems.ts";
import { guestProblems } from "./guest-problems.ts";
import { stripControlCharacters } from "./strip-control-characters.ts";

export interface SaidByStudy {
  readonly printed: string[];
  readonly warnings: Problem[];
}

const MOST_LINES = 1000;
const CUT = "(more lines are not shown)";

/** Keeps a line, printable and cut to one; a loop that prints cannot fill the screen or the memory. */
export function keepPrinted({ printed }: SaidByStudy, text: string): void {
  if (printed.length < MOST_LINES) printed.push(stripControlCharacters(text, 1000));
  else if (printed.length === MOST_LINES) printed.push(CUT);
}

/** Keeps a warning of the library; the same one is kept once, and what is no warning of it is not kept. */
export function keepWarning({ warnings }: SaidByStudy, json: string): void {
  const [warning] = guestProblems(`[${json}]`) ?? [];
  if (warning === undefined || warnings.length >= MOST_LINES) return;
  if (!warnings.some(({ message }) => message === warning.message)) warnings.push(warning);
}
