import { isAbsolute, join } from "node:path";

/**
 * `$XDG_STATE_HOME/cohortline`, or `~/.local/state/cohortline`; null where neither is known. Paths that are
 * not absolute do not count: they would lead into the study.
 */
export function userStateFolder(
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const state = environment["XDG_STATE_HOME"] ?? "";
  if (isAbsolute(state)) return join(state, "cohortline");
  const home = environment["HOME"] ?? "";
  return isAbsolute(home) ? join(home, ".local", "state", "cohortline") : null;
}
