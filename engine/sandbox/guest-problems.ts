/** Problems that the library reported inside the sandbox, read as the untrusted text they are. */
import type { Place, Problem } from "../base/problems.ts";
import { definitionProblems } from "../definition/problems.ts";
import { stripControlCharacters } from "./strip-control-characters.ts";
import { sandboxProblems } from "./problems.ts";

/** Those of the library, and those that the host threw into the sandbox. */
const known = { ...definitionProblems, ...sandboxProblems };
const MAXIMUM_PROBLEMS = 200;
const MAXIMUM_CHARACTERS = 2000;

/**
 * The problems of JSON that the sandbox gave, or null if they are not problems of a study. The exit code is that of the code; texts become one line each.
 */
export function guestProblems(json: string): readonly Problem[] | null {
  const all = parsed(json);
  if (!Array.isArray(all) || all.length === 0) return null;
  const problems = all.slice(0, MAXIMUM_PROBLEMS).map(guestProblem);
  return problems.every((each) => each !== null) ? problems : null;
}

function guestProblem(value: unknown): Problem | null {
  if (typeof value !== "object" || value === null) return null;
  const { code, message, hint, place } = value as Partial<Record<string, unknown>>;
  if (!isCode(code) || typeof message !== "string" || typeof hint !== "string") return null;
  const { exitCode } = known[code];
  const told = { code, message: tamed(message), hint: tamed(hint), exitCode };
  const at = placeOf(place);
  return at === null ? told : { ...told, place: at };
}

function placeOf(value: unknown): Place | null {
  if (typeof value !== "object" || value === null) return null;
  const { file, line, column } = value as Partial<Record<string, unknown>>;
  if (typeof file !== "string") return null;
  return {
    file: stripControlCharacters(file),
    ...(typeof line === "number" ? { line } : {}),
    ...(typeof column === "number" ? { column } : {}),
  };
}

function isCode(value: unknown): value is keyof typeof known {
  return typeof value === "string" && Object.hasOwn(known, value);
}

function tamed(text: string): string {
  return stripControlCharacters(text, MAXIMUM_CHARACTERS);
}

/** Null for the empty text and for JSON that was cut off. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
}
