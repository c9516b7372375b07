/** A measure at the size of a thumbnail: the lines alone, on the scale of its kind. */
import type { MeasureChart } from "./measure-chart.ts";
import { inPage, lineStyle, named } from "./palette.ts";
import { dayOf, daysFromTo, scaleEnd } from "./panel-frame.ts";
import type { Markish } from "./plot.ts";
import { areaY, dot, drawnBare, lineY, ruleY } from "./plot.ts";
import { factors } from "./rate.ts";
import type { Html } from "../text/html.ts";

const frame = { width: 150, height: 60, left: 2, right: 4, top: 4, bottom: 3, textSize: 10 };

/** Decoration: its link has the name, and the large picture the words. */
export function drawSmall({ picture, unit, highest }: MeasureChart): Html {
  const factor = factors[unit];
  const [panel] = picture.panels;
  const marks: Markish[] = [ruleY([0], { stroke: named("chart-soft"), strokeOpacity: 0.6 })];
  if (panel?.kind === "lines") {
    panel.series.forEach(({ points }, at) => {
      const data = points.map(({ date, value }) => ({ day: dayOf(date), rate: value * factor }));
      const { stroke } = lineStyle(at);
      const alone = data.filter((_, place) => isAlone(data, place));
      marks.push(lineY(data, { x: "day", y: "rate", stroke, strokeWidth: 1.25 }));
      marks.push(dot(alone, { x: "day", y: "rate", fill: stroke, r: 1.25 }));
    });
  } else if (panel !== undefined) {
    const data = panel.deciles.map(({ date, percentiles }) => {
      const rate = (percent: number): number => {
        const value = percentiles.find(({ percentile }) => percentile === percent)?.value;
        return value === null || value === undefined ? NaN : value * factor;
      };
      return { day: dayOf(date), low: rate(10), rate: rate(50), high: rate(90) };
    });
    const fill = named("line-0");
    marks.push(areaY(data, { x: "day", y1: "low", y2: "high", fill, fillOpacity: 0.2 }));
    marks.push(lineY(data, { x: "day", y: "rate", stroke: fill, strokeWidth: 1.5 }));
  }
  const axes = { x: daysFromTo(picture.dates), highest: scaleEnd(highest * factor) };
  const svg = drawnBare(marks, axes, frame);
  svg.setAttribute("aria-hidden", "true");
  return svg.markup(inPage);
}

function isAlone(data: readonly { readonly rate: number }[], at: number): boolean {
  const isShown = (place: number): boolean => Number.isFinite(data[place]?.rate);
  return isShown(at) && !isShown(at - 1) && !isShown(at + 1);
}
