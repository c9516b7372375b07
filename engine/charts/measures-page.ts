/** All measures of a folder as one page: an overview of small pictures, then each measure. */
import { pageText } from "../page/page.ts";
import { markup } from "../text/html.ts";
import type { Html } from "../text/html.ts";
import { chartStyle } from "./chart-style.ts";
import { dateText } from "./chart-words.ts";
import { drawSmall } from "./draw-small.ts";
import type { MeasureChart } from "./measure-chart.ts";
import { measureSection } from "./measure-section.ts";

export function measuresPage(charts: readonly MeasureChart[], generator: string): string {
  return pageText({
    title: "Measures",
    generator,
    style: chartStyle,
    body: markup`<main><h1>Measures</h1>
${introduction(charts)}
<nav aria-label="All measures"><ul class="overview">
${charts.map(thumbnail)}
</ul></nav>
${charts.map(measureSection)}</main>`,
  });
}

function introduction(charts: readonly MeasureChart[]): readonly Html[] {
  const dates = [...new Set(charts.flatMap(({ picture }) => picture.dates))].sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const studies = [...new Set(charts.flatMap(({ study }) => study ?? []))];
  const dated =
    first === undefined || last === undefined
      ? ""
      : `, ${dateText(first, dates)}${first === last ? "" : ` to ${dateText(last, dates)}`}`;
  const of = studies.length === 0 ? "" : ` of ${studies.join(", ")}`;
  const counted = `${charts.length} ${charts.length === 1 ? "measure" : "measures"}`;
  return [
    markup`<p class="soft">${counted}${of}${dated}.</p>`,
    ...(charts.some(({ isDummy }) => isDummy)
      ? [markup`<p class="dummy">From dummy data</p>`]
      : []),
    markup`<p class="soft">Pictures of what is counted alike have one scale, from 0. A × below the axis marks a hidden figure: the line has a gap there.</p>`,
  ];
}

function thumbnail(chart: MeasureChart, place: number): Html {
  const title = chart.title;
  const isHidden = chart.picture.counts.shown === 0;
  const drawing = isHidden ? markup`<small>nothing is shown</small>` : drawSmall(chart);
  return markup`<li><a href="#measure-${place}" title="${title}"><span><bdi>${title}</bdi></span>${drawing}</a></li>`;
}
