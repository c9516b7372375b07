import { measureFacts } from "../../measures/measure-facts.ts";
import {
  countedColumns,
  groupKeys,
  isPatientLevel,
  measureSpec,
  POPULATION,
} from "../../measures/measure-spec.ts";
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import type { PublishedFacts } from "../../measures/published-facts.ts";
import type { IsoDate } from "../../base/dates.ts";
import type { ManifestEntry } from "../manifest/manifest-text.ts";
import type { ColumnFacts } from "./column-facts.ts";
import type { Measuring } from "./measures-to-make.ts";

/** What the manifest says of each of a measure's files, besides what they were made from. */
export function entryOf(
  measure: MeasureSpec,
  { origin, vocabulary }: Pick<Measuring, "origin" | "vocabulary">,
  date: IsoDate | null,
): Pick<ManifestEntry, "measure" | "patient_level" | "origin" | "vocabulary"> {
  const made = origin === undefined ? {} : { origin: origin(date) };
  const facts = { measure: measureFacts(measure), ...made, ...vocabulary?.() };
  return isPatientLevel(measure) ? { ...facts, patient_level: true } : facts;
}

/** What it says of the file of all dates, for who audits it. */
export function publishedFacts(
  measure: MeasureSpec,
  { kinds, growing, areas, relations, cuts, words }: ColumnFacts,
  cohorts: PublishedFacts["cohorts"],
): PublishedFacts {
  const counted = countedColumns(measure).filter((name) => name !== POPULATION);
  const own = counted.flatMap((name) => {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    return kind === undefined ? [] : [[name, kind] as const];
  });
  return {
    ...{ spec: measureSpec(measure), kinds: Object.fromEntries(own), cohorts },
    areas: groupKeys(measure).filter((name) => areas.includes(name)),
    relations: relations.filter(({ columns }) => columns.some((name) => counted.includes(name))),
    ...(cuts === null ? {} : { cuts: cuts(groupKeys(measure)) }),
    grows: counted.filter((name) => growing.includes(name)),
    words: words([POPULATION, ...countedColumns(measure), ...groupKeys(measure)]),
  };
}
