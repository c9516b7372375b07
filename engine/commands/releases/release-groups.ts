/** Files of a release that belong together: of one study, of one number of the same people. */
import type { PublishedFacts } from "../../measures/published-facts.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import type { Finding } from "./pack-checks.ts";
import type { ReadFile } from "./read-release.ts";

/** Each is explained once. */
export interface FileGroup {
  readonly study: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly files: readonly ReadFile[];
}

/** In the order of their first files. */
export function fileGroups(files: readonly ReadFile[]): readonly FileGroup[] {
  const groups = new Map<string, FileGroup & { files: ReadFile[] }>();
  for (const file of files) {
    const { numerator, denominator } = file.published.spec;
    const key = JSON.stringify([file.study, numerator, denominator]);
    const found = groups.get(key) ?? { study: file.study, numerator, denominator, files: [] };
    groups.set(key, found);
    found.files.push(file);
  }
  return [...groups.values()];
}

/** `2020-01-01 to 2020-12-01, 12 dates`; files of a group can have several. */
export function periodsText(files: readonly ReadFile[]): string {
  const periods = files.map(({ published }) => {
    const dates = Object.keys(published.cohorts).sort();
    const [first = "", last = ""] = [dates[0], dates.at(-1)];
    if (dates.length < 2) return first;
    return `${first} to ${last}, ${dates.length} dates`;
  });
  return [...new Set(periods)].join("; ");
}

export function rulesText(files: readonly ReadFile[]): string {
  return [...new Set(files.map(({ published }) => ruleText(published.spec)))].join("; ");
}

function ruleText({
  small_number_suppression: hiding,
  rounding,
  withheld = [],
}: PublishedFacts["spec"]): string {
  const threshold = typeof hiding === "boolean" ? (hiding ? 5 : null) : hiding.threshold;
  const hidden = threshold === null ? "nothing hidden" : `1 to ${threshold} hidden`;
  const kept = withheld.length === 0 ? "" : `, ${groupedDigits(withheld.length)} more withheld`;
  if (rounding === undefined) return `${hidden}${kept}, not rounded`;
  return `${hidden}${kept}, rounded to ${rounding === "midpoint6" ? "the middle of six" : rounding.to}`;
}

/** What of a release is about any of these files. */
export function findingsOf(
  files: readonly ReadFile[],
  findings: readonly Finding[],
): readonly Finding[] {
  const own = new Set(files.map(({ file }) => file));
  return findings.filter(({ file }) => own.has(file));
}
