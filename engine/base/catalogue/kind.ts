/** The shape of an entry of the problem catalogue. */

/** What the process says when it ends. */
export type ExitCode = 1 | 2 | 3 | 4 | 5 | 130;

export interface ProblemKind<Facts> {
  readonly exitCode: ExitCode;
  /** One line, or a line and what is drawn below it. */
  readonly message: (facts: Facts) => string | readonly string[];
  /** What to do about it; "" only where the message says it. */
  readonly hint: (facts: Facts) => string;
}

/** An entry of the catalogue; `Facts` are what whoever reports the problem must know. */
export function kind<Facts>(
  exitCode: ExitCode,
  message: (facts: Facts) => string | readonly string[],
  hint: (facts: Facts) => string = () => "",
): ProblemKind<Facts> {
  return { exitCode, message, hint };
}
