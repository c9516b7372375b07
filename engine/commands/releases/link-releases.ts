/** Which releases are of the same patients with the same values: only what their marks prove. */
import type { CohortMark } from "../../measures/published-facts.ts";

export interface MarkedRelease {
  readonly name: string;
  readonly study: string;
  readonly marks: Readonly<Record<string, CohortMark>>;
}

export interface LinkedReleases {
  /** For each release, by date: one text for those that are of the same data; the same wherever the folders lie. */
  readonly dataAt: readonly Readonly<Record<string, string>>[];
  /** Why releases of the same study are not compared. */
  readonly notes: readonly string[];
}

export function linkReleases(releases: readonly MarkedRelease[]): LinkedReleases {
  const dataAt: Record<string, string>[] = releases.map(() => ({}));
  const notes = new Set<string>();
  for (const [at, release] of releases.entries()) {
    for (const [date, mark] of Object.entries(release.marks)) {
      const same = releases.slice(0, at).findIndex((earlier) => {
        const other = earlier.study === release.study ? earlier.marks[date] : undefined;
        if (other === undefined) return false;
        const why = difference(other, mark);
        if (why !== null)
          notes.add(`${release.name} is not compared with ${earlier.name} at ${date}: ${why}`);
        return why === null;
      });
      const label = same < 0 ? undefined : dataAt[same]?.[date];
      const own = dataAt[at];
      if (own !== undefined) own[date] = label ?? `cohorts ${at + 1}`;
    }
  }
  return { dataAt, notes: [...notes] };
}

/** Null where both are of the same patients, and have the same values wherever they have one column. */
function difference(a: CohortMark, b: CohortMark): string | null {
  if (a.source !== "" && a.source === b.source) return null;
  if (a.population === undefined || b.population === undefined)
    return "nothing is known of whose numbers one of them has";
  if (a.population !== b.population)
    return "it is of other patients, or was marked in another workspace";
  const [left, right] = [a.columns ?? {}, b.columns ?? {}];
  const other = Object.keys(left).find(
    (name) => Object.hasOwn(right, name) && left[name] !== right[name],
  );
  return other === undefined ? null : `column ${other} has other values`;
}
