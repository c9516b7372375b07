/** Where an author called a function, for the sandbox to find out. */

/** Frames kept: the few of this library, the author's own, and those that called them. */
const frames = 30;

/**
 * The raw call stack under `$stack` while the sandbox runs a study, otherwise nothing. Its positions
 * are those of the bundle; the sandbox puts `place: { file, line }` of the author's file instead.
 */
export function callStack(): { readonly $stack?: string } {
  if (globalThis.cohortlineHost === undefined) return {};
  const stack = new Error().stack ?? "";
  return { $stack: stack.split("\n").slice(0, frames).join("\n") };
}
