/** A recorded case as it comes from its file, and how its outcome is told. */
import { asTyped, ProblemError } from "../../engine/base/problems.ts";
import { Refused } from "../naive/refused.ts";

/** Anything read from JSON; each operation looks only at what it knows. */
export type Recorded = Readonly<Record<string, unknown>>;

export interface RecordedCase extends Recorded {
  /** Absent where the name of its file says enough. */
  readonly name?: string;
}

export type Outcome =
  | { readonly outcome: "passed" }
  | { readonly outcome: "failed"; readonly why: string }
  | { readonly outcome: "skipped"; readonly why: string };

export const passed: Outcome = { outcome: "passed" };

export function failed(why: string): Outcome {
  return { outcome: "failed", why };
}

/** An expectation of a recorded case that does not hold. */
export class Mismatch extends Error {}

export function mismatch(why: string): never {
  throw new Mismatch(why);
}

export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) mismatch(`${what}: got ${shortened(a)}, expected ${shortened(b)}`);
}

function shortened(text: string | undefined): string {
  return text === undefined ? "nothing" : text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

interface ExpectedError {
  readonly message_contains?: string | readonly string[] | null;
}

/**
 * Runs `act` where the case expects an error: it must report a problem, and the message must hold
 * the text the case demands. The reference's own error types have no meaning here.
 */
export async function expectProblem(expected: unknown, act: () => unknown): Promise<void> {
  const wanted = [(expected as ExpectedError).message_contains ?? ""].flat();
  const message = await messageOf(act);
  if (message === null) mismatch(`no problem was reported; expected one: ${wanted.join()}`);
  for (const each of wanted) {
    if (!message.includes(each)) mismatch(`the problem "${message}" does not say "${each}"`);
  }
}

/** Problems count, bugs do not: they fail the case. */
async function messageOf(act: () => unknown): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) {
      return error.problems.map((each) => asTyped(each).message).join("\n");
    }
    // What the oracle refuses it only names.
    if (error instanceof Refused) return error.message;
    throw error;
  }
}
