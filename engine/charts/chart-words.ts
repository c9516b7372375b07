/** Pictures in words: names of groups, dates, and what a line does for who cannot see it. */
import type { IsoDate } from "../base/dates.ts";
import { groupedDigits } from "../base/shown-numbers.ts";
import { FEWEST_VALUES } from "../measures/deciles.ts";
import type { Deciles } from "../measures/deciles.ts";
import { textOfGroup } from "./group-text.ts";
import { spaced } from "./label-text.ts";
import { panelTitle, unitOf } from "./measure-chart.ts";
import type { MeasureChart } from "./measure-chart.ts";
import type { Panel, Point, Series } from "./measure-picture.ts";
import { factors, rateText } from "./rate.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "Jan 2020" where all dates are the first of a month; otherwise the day as well: "15 Jan 2020". */
export function dateText(date: IsoDate, all: readonly IsoDate[]): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const named = `${MONTHS[Number(month) - 1] ?? month} ${year}`;
  return all.every((each) => each.endsWith("-01")) ? named : `${Number(day)} ${named}`;
}

/** What the picture says, for who cannot see it. */
export function panelWords(chart: MeasureChart, panel: Panel): string {
  const { dates } = chart.picture;
  const [first, last] = [dates[0], dates.at(-1)];
  const what = panel.kind === "lines" ? "Line chart" : "Decile chart";
  const group = panelTitle(chart, panel);
  const when =
    first === undefined || last === undefined || first === last
      ? `on ${dateText(first ?? last ?? ("" as IsoDate), dates)}`
      : `at ${dates.length} dates from ${dateText(first, dates)} to ${dateText(last, dates)}`;
  const subject = `${what} of ${chart.title}, ${unitOf(chart)}, ${group === "" ? "" : `${group}, `}${when}.`;
  const lines =
    panel.kind === "lines"
      ? panel.series.map((series) => seriesWords(chart, series))
      : decilesWords(chart, panel.deciles);
  return [subject, ...lines].join(" ");
}

function seriesWords(
  { unit, picture: { dates } }: MeasureChart,
  { label, points }: Series,
): string {
  const shown = points.filter(({ value }) => Number.isFinite(value));
  const hidden = points.filter(({ state }) => state === "hidden").length;
  const name = label === "" && points.length > 0 ? "" : `${textOfGroup(label)}: `;
  const [first, last] = [shown[0], shown.at(-1)];
  const more = hidden === 0 ? "" : `; ${hidden} hidden`;
  if (first === undefined || last === undefined) {
    return `${name}${hidden === 0 ? "no figures" : "all figures hidden"}.`;
  }
  const rate = ({ value }: Point): string => rateText(value * factors[unit]);
  if (shown.length === 1) return `${name}${rate(first)} in ${dateText(first.date, dates)}${more}.`;
  const values = shown.map(({ value }) => value);
  const high = shown.find(({ value }) => value === Math.max(...values)) ?? first;
  const low = shown.find(({ value }) => value === Math.min(...values)) ?? first;
  return `${name}from ${rate(first)} to ${rate(last)}, lowest ${rate(low)} in ${dateText(low.date, dates)}, highest ${rate(high)} in ${dateText(high.date, dates)}${more}.`;
}

function decilesWords(
  { unit, picture: { dates } }: MeasureChart,
  deciles: readonly Deciles[],
): readonly string[] {
  const rateOf = (each: Deciles, percent: number): string => {
    const found = each.percentiles.find(({ percentile }) => percentile === percent)?.value;
    return found === null || found === undefined ? "none" : rateText(found * factors[unit]);
  };
  const some = deciles.filter(({ values }) => values > 0);
  const [first, last] = [some[0], some.at(-1)];
  if (first === undefined || last === undefined) return ["No values are shown."];
  const spread = (each: Deciles): string =>
    `median ${rateOf(each, 50)} (10 % ${rateOf(each, 10)}, 90 % ${rateOf(each, 90)}) in ${dateText(each.date, dates)}`;
  return [`From ${spread(first)}${first === last ? "" : ` to ${spread(last)}`}.`];
}

/** Below each picture: what of the file is not to be seen, and how its numbers were treated. */
export function notesOf({ picture, policy }: MeasureChart): readonly string[] {
  const { shown, hidden, zero, withoutDenominator } = picture.counts;
  const rounded = policy?.rounding == null ? 0 : shown;
  const counts = [
    `${groupedDigits(shown)} shown`,
    `${groupedDigits(hidden)} hidden`,
    `${groupedDigits(zero)} zero`,
    `${groupedDigits(rounded)} rounded`,
    ...(withoutDenominator === 0
      ? []
      : [`${groupedDigits(withoutDenominator)} without denominator`]),
  ];
  return [`Figures: ${counts.join(", ")}.`, policyWords(policy), ...shapeWords(picture)];
}

function policyWords(policy: MeasureChart["policy"]): string {
  if (policy === null) {
    return "How small numbers were treated is not recorded: no manifest describes this file.";
  }
  const { threshold, rounding } = policy;
  const small =
    threshold === null
      ? "Small numbers are shown."
      : `Counts from 1 to ${threshold} are hidden, and the next smallest where a total would give them away.`;
  if (rounding === null) return `${small} Counts are not rounded.`;
  const how =
    rounding === "midpoint6"
      ? "Counts are rounded to the middle of steps of 6 (3, 9, 15, …)."
      : `Counts are rounded to the nearest ${rounding.to}.`;
  return `${threshold === null ? "No counts are hidden." : small} ${how}`;
}

function shapeWords({ panels, panelsLeftOut, spread }: MeasureChart["picture"]): readonly string[] {
  const all = panels.flatMap((panel) => (panel.kind === "deciles" ? panel.deciles : []));
  const few = all.filter(({ values }) => values < FEWEST_VALUES).length;
  const hidden = all.reduce((sum, each) => sum + each.hidden, 0);
  const over = `${groupedDigits(spread?.labels ?? 0)} groups (${spaced(spread?.column ?? "")})`;
  return [
    ...(all.length === 0
      ? []
      : [`The lines are deciles over ${over}: a tenth of them lies between two lines.`]),
    ...(hidden === 0
      ? []
      : ["Hidden values are left out, so that the lines describe the others alone."]),
    ...(few === 0
      ? []
      : [
          `At ${few} of ${all.length} dates there are fewer than ${FEWEST_VALUES} values: deciles of so few mislead.`,
        ]),
    ...(panelsLeftOut === 0
      ? []
      : [
          `The ${panels.length} largest groups are drawn; ${groupedDigits(panelsLeftOut)} more are in the file.`,
        ]),
  ];
}

/** Where the numbers are from. */
export function sourceWords({ file, study, isDummy }: MeasureChart): string {
  const of = study === null ? "" : ` of ${study}`;
  return `Source: ${file}${of}${isDummy ? ", from dummy data" : ""}. Drawn by Cohortline.`;
}
