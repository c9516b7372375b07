/** How a kind of problem is declared, beside the code that finds it. */

/** What the process says when it ends. */
export type ExitCode = 1 | 2 | 3 | 4 | 5 | 130;

export interface ProblemKind<Facts> {
  readonly exitCode: ExitCode;
  /** One line, or a line and what is drawn below it. */
  readonly message: (facts: Facts) => string | readonly string[];
  /** What to do about it; "" only where the message says it. */
  readonly hint: (facts: Facts) => string;
  /** Facts that may be of a patient: only the terminal of whoever typed the command shows them. */
  readonly sensitive: readonly string[];
}

/** Facts that are text, or lists of texts. */
type SensitiveFact<Facts> = {
  [Name in keyof Facts]: Facts[Name] extends string | readonly string[] ? Name : never;
}[keyof Facts] &
  string;

/** `Facts` are what whoever reports the problem must know. */
export function kind<Facts>(
  exitCode: ExitCode,
  message: (facts: Facts) => string | readonly string[],
  hint: (facts: Facts) => string = () => "",
  sensitive: readonly SensitiveFact<Facts>[] = [],
): ProblemKind<Facts> {
  return { exitCode, message, hint, sensitive };
}
