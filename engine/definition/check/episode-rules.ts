import type { Checking, Draft } from "./draft.ts";
import { reportConflict } from "./report-conflict.ts";

const EPISODE = /^series of events each <= \d+ days apart$/;
const notWithEpisodes = [
  "find_first_match_in_period",
  "find_last_match_in_period",
  "include_date_of_match",
];

/** How episodes are asked for, and what does not go with them. */
export function checkEpisodes(draft: Draft, checking: Checking): void {
  const { returning, episode_defined_as: defined } = draft.args;
  const report = (sentence: string, wayOut: string): void => {
    reportConflict(draft, checking, { sentence, wayOut });
  };
  if (returning !== "number_of_episodes") {
    if (defined !== undefined) {
      report("Can only use 'episode_defined_as' when returning 'number_of_episodes'", "Drop it.");
    }
    return;
  }
  for (const flag of notWithEpisodes.filter((name) => draft.args[name] === true)) {
    report(`Cannot use '${flag}' when returning 'number_of_episodes'`, "All episodes count.");
  }
  if (typeof defined === "string" && !EPISODE.test(defined)) {
    report(
      `an episode cannot be defined as ${JSON.stringify(defined.slice(0, 80))}`,
      'Write "series of events each <= N days apart", N a whole number.',
    );
  }
}
