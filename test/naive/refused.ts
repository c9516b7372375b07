/** What stops a run: the data or the study gives no answer. Named as the engine names its own. */
export type RefusedCode =
  "division-by-zero" | "duplicate-patients" | "cpns-dates-disagree" | "unreadable-value";

export class Refused extends Error {
  readonly code: RefusedCode;

  constructor(code: RefusedCode, column: string) {
    super(`${code}: column "${column}"`);
    this.name = "ProblemError";
    this.code = code;
  }
}
