/** The numbers of a picture as a table: whole names, and a word in place of each figure that is not shown. */
import { markup } from "../text/html.ts";
import type { Html } from "../text/html.ts";
import { textOfGroup } from "./group-text.ts";
import type { MeasureChart } from "./measure-chart.ts";
import type { Panel, Point } from "./measure-picture.ts";
import { factors, rateText } from "./rate.ts";

interface Cells {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function panelTable(chart: MeasureChart, panel: Panel, caption: string): Html {
  const { header, rows } =
    panel.kind === "lines" ? seriesCells(chart, panel) : decileCells(chart, panel);
  return markup`<div class="wide" tabindex="0" role="region" aria-label="Table: ${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${header.map((name, at) => markup`<th scope="col"${at === 0 ? null : markup` class="n"`}><bdi>${name}</bdi></th>`)}</tr></thead>
<tbody>${rows.map(rowOf)}</tbody>
</table></div>`;
}

function rowOf([date, ...cells]: readonly string[]): Html {
  return markup`<tr><th scope="row">${date}</th>${cells.map((cell) => markup`<td class="n">${cell}</td>`)}</tr>`;
}

function seriesCells(
  { unit, picture }: MeasureChart,
  panel: Extract<Panel, { kind: "lines" }>,
): Cells {
  const { series } = panel;
  const names = series.map(({ label }) => (picture.spread === null ? "Rate" : textOfGroup(label)));
  return {
    header: ["Date", ...names],
    rows: picture.dates.map((date, at) => [
      date,
      ...series.map(({ points }) => figureText(points[at], factors[unit])),
    ]),
  };
}

function figureText(point: Point | undefined, factor: number): string {
  if (point === undefined || point.state === null) return "–";
  return point.state === "shown" ? rateText(point.value * factor) : point.state;
}

function decileCells({ unit }: MeasureChart, panel: Extract<Panel, { kind: "deciles" }>): Cells {
  const percents = panel.deciles[0]?.percentiles.map(({ percentile }) => percentile) ?? [];
  return {
    header: [
      "Date",
      ...percents.map((percent) => (percent === 50 ? "Median" : `${percent} %`)),
      "Values",
      "Hidden",
    ],
    rows: panel.deciles.map(({ date, percentiles, values, hidden }) => [
      date,
      ...percentiles.map(({ value }) => (value === null ? "–" : rateText(value * factors[unit]))),
      String(values),
      String(hidden),
    ]),
  };
}
