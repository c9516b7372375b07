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
  /** For each release the names of its study and of those that have the same patients at some date. */
  readonly studies: readonly string[];
  /** Why releases are not compared. */
  readonly notes: readonly string[];
}

/** At one date, releases of which each is of the same data as every other. */
interface Alike {
  readonly label: string;
  readonly members: { readonly release: MarkedRelease; readonly mark: CohortMark }[];
}

export function linkReleases(releases: readonly MarkedRelease[]): LinkedReleases {
  const dataAt: Record<string, string>[] = releases.map(() => ({}));
  const byDate = new Map<string, Alike[]>();
  const notes = new Notes();
  for (const [at, release] of releases.entries()) {
    for (const [date, mark] of Object.entries(release.marks)) {
      const all = byDate.get(date) ?? [];
      for (const { members } of all)
        for (const each of members) notes.compare(each, { release, mark }, date);
      const isAlike = ({ members }: Alike): boolean =>
        members.every((each) => difference(each.mark, mark) === null);
      const own = all.find(isAlike) ?? { label: `cohorts ${at + 1}`, members: [] };
      own.members.push({ release, mark });
      byDate.set(date, all.includes(own) ? all : [...all, own]);
      dataAt[at] = { ...dataAt[at], [date]: own.label };
    }
  }
  const studies = studiesTogether([...byDate.values()].flat());
  const namesOf = ({ study }: MarkedRelease): string =>
    [...(studies.find((own) => own.has(study)) ?? [study])].sort().join(" and ");
  return { dataAt, studies: releases.map(namesOf), notes: notes.texts() };
}

function studiesTogether(all: readonly Alike[]): readonly ReadonlySet<string>[] {
  let sets: readonly ReadonlySet<string>[] = [];
  for (const { members } of all) {
    const own = new Set(members.map(({ release }) => release.study));
    const met = sets.filter((each) => [...own].some((study) => each.has(study)));
    sets = [
      ...sets.filter((each) => !met.includes(each)),
      new Set([...own, ...met.flatMap((each) => [...each])]),
    ];
  }
  return sets;
}

/** One for all dates with the same reason. */
class Notes {
  readonly #dates = new Map<
    string,
    { readonly pair: string; readonly why: string; readonly dates: string[] }
  >();

  compare(before: Alike["members"][number], now: Alike["members"][number], date: string): void {
    const why = difference(before.mark, now.mark);
    const isOneStudy = before.release.study === now.release.study;
    // That two studies have other patients is no surprise.
    if (why === null || (!isOneStudy && why === OTHER_PATIENTS)) return;
    const [own, other] = isOneStudy
      ? [now.release.name, before.release.name]
      : [nameIn(now.release), nameIn(before.release)];
    const pair = `${own} is not compared with ${other}`;
    const key = JSON.stringify([pair, why]);
    const found = this.#dates.get(key) ?? { pair, why, dates: [] };
    this.#dates.set(key, found);
    if (!found.dates.includes(date)) found.dates.push(date);
  }

  texts(): readonly string[] {
    return [...this.#dates.values()].map(({ pair, why, dates: [first = "", ...more] }) => {
      const rest =
        more.length === 0
          ? ""
          : ` and ${more.length} other ${more.length === 1 ? "date" : "dates"}`;
      return `${pair} at ${first}${rest}: ${why}`;
    });
  }
}

function nameIn({ name, study }: MarkedRelease): string {
  return `${study} in ${name}`;
}

const OTHER_PATIENTS = "it is of other patients, or was marked in another workspace";

/** Null where both are of the same patients, and have the same values wherever they have one column. */
function difference(a: CohortMark, b: CohortMark): string | null {
  if (a.source !== "" && a.source === b.source) return null;
  if (a.population === undefined || b.population === undefined)
    return "nothing is known of whose numbers one of them has";
  if (a.population !== b.population) return OTHER_PATIENTS;
  const [left, right] = [a.columns ?? {}, b.columns ?? {}];
  const other = Object.keys(left).find(
    (name) => Object.hasOwn(right, name) && left[name] !== right[name],
  );
  return other === undefined ? null : `column ${other} has other values`;
}
