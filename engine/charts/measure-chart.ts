/** A measure as it is shown: its picture, how its numbers were treated, and where they are from. */
import type { MeasureFacts } from "../measures/measure-facts.ts";
import { textOfGroup } from "./group-text.ts";
import { highestOf } from "./measure-picture.ts";
import type { MeasurePicture, Panel } from "./measure-picture.ts";
import type { PanelSetting, PanelSize } from "./panel-frame.ts";
import { rateWords } from "./rate.ts";
import type { RateUnit } from "../base/rate-units.ts";
import { spaced } from "./label-text.ts";

export interface ReadMeasure {
  readonly facts: Pick<MeasureFacts, "id" | "groups" | "numerator" | "denominator">;
  /** Null where nothing says how small numbers were treated. */
  readonly policy: Pick<MeasureFacts, "threshold" | "rounding"> | null;
  readonly picture: MeasurePicture;
  /** Name of the file. */
  readonly file: string;
  /** `study_definition_copd`; null where it is not known. */
  readonly study: string | null;
  readonly isDummy: boolean;
}

export interface MeasureChart extends ReadMeasure {
  /** Not the same for two that are drawn together. */
  readonly title: string;
  readonly unit: RateUnit;
  /** Of all measures of its kind, so that their pictures can be compared. */
  readonly highest: number;
}

/**
 * Measures of one kind count the same things and are drawn in the same way, as lines or as deciles: they
 * have one scale.
 */
export function chartsOf(
  measures: readonly ReadMeasure[],
  unit: RateUnit,
): readonly MeasureChart[] {
  const highest = new Map<string, number>();
  for (const measure of measures) {
    const kind = kindOf(measure);
    highest.set(kind, Math.max(highest.get(kind) ?? 0, highestOf(measure.picture)));
  }
  const titles = titlesOf(measures);
  return measures.map((measure, at) => ({
    ...measure,
    title: titles[at] ?? "",
    unit,
    highest: highest.get(kindOf(measure)) ?? 0,
  }));
}

function kindOf({ facts, picture }: ReadMeasure): string {
  return JSON.stringify([facts.numerator, facts.denominator, picture.panels[0]?.kind ?? "lines"]);
}

/** From short to long; an id is never that of two. */
const titleWords: readonly ((measure: ReadMeasure) => string)[] = [
  titleOf,
  withDenominator,
  withId,
];

/** "acute kidney injury by region and sex", and what tells it apart where others are called so too. */
function titlesOf(measures: readonly ReadMeasure[]): readonly string[] {
  let titles: readonly string[] = [];
  for (const words of titleWords) {
    const alike = timesEach(titles);
    titles = measures.map((measure, at) => {
      const before = titles[at];
      return before !== undefined && alike.get(before) === 1 ? before : words(measure);
    });
  }
  return titles;
}

function timesEach(texts: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  return times;
}

function titleOf({ facts: { numerator, groups } }: ReadMeasure): string {
  const by = groups.map(spaced).join(" and ");
  return `${spaced(numerator)}${by === "" ? "" : ` by ${by}`}`;
}

function withDenominator(measure: ReadMeasure): string {
  return `${titleOf(measure)}, of ${spaced(measure.facts.denominator)}`;
}

function withId(measure: ReadMeasure): string {
  return `${titleOf(measure)} (${measure.facts.id})`;
}

/** "per 1,000 population". */
export function unitOf({ unit, facts }: Pick<MeasureChart, "unit" | "facts">): string {
  return rateWords(unit, spaced(facts.denominator));
}

export function settingOf({ picture, unit, highest }: MeasureChart, size: PanelSize): PanelSetting {
  return { size, dates: picture.dates, unit, highest };
}

/** "sex: F, region: London". */
export function panelTitle({ picture }: Pick<ReadMeasure, "picture">, { labels }: Panel): string {
  return labels
    .map((label, at) => `${spaced(picture.panelColumns[at] ?? "")}: ${textOfGroup(label)}`)
    .join(", ");
}
