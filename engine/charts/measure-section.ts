/** A measure on a page: its pictures, what they leave out, and the numbers as tables. */
import { markup } from "../text/html.ts";
import type { Html } from "../text/html.ts";
import { notesOf, panelWords, sourceWords } from "./chart-words.ts";
import { drawPanel } from "./draw-panel.ts";
import { panelTitle, settingOf, unitOf } from "./measure-chart.ts";
import type { MeasureChart } from "./measure-chart.ts";
import type { Panel } from "./measure-picture.ts";
import { inPage } from "./palette.ts";
import { narrow, wide } from "./panel-frame.ts";
import { panelTable } from "./picture-table.ts";

/** `place` is its number on the page, for links to it. */
export function measureSection(chart: MeasureChart, place: number): Html {
  const { panels } = chart.picture;
  return markup`<section class="measure" id="measure-${place}">
<h3><bdi>${chart.title}</bdi></h3>
<p class="soft unit">${unitOf(chart)} · <code>${chart.facts.id}</code></p>
${panels.map((panel) => panelFigure(chart, panel))}
<p class="soft notes">${notesOf(chart).join(" ")} ${sourceWords(chart)}</p>
<details><summary>Table: <bdi>${chart.title}</bdi></summary>
${panels.map((panel) => panelTable(chart, panel, tableCaption(chart, panel)))}
</details>
</section>`;
}

function tableCaption(chart: MeasureChart, panel: Panel): string {
  const group = panelTitle(chart, panel);
  return `${chart.title}${group === "" ? "" : `, ${group}`}, ${unitOf(chart)}`;
}

/** Drawn twice, for text that is shrunk to a narrow screen cannot be read; a style shows one of them. */
function panelFigure(chart: MeasureChart, panel: Panel): Html {
  const group = panelTitle(chart, panel);
  const drawings = ([wide, narrow] as const).map((size) => {
    const svg = drawPanel(panel, settingOf(chart, size));
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", panelWords(chart, panel));
    svg.setAttribute("class", size === wide ? "chart on-wide" : "chart on-narrow");
    return svg.markup(inPage);
  });
  return markup`<figure>${group === "" ? null : markup`<figcaption><bdi>${group}</bdi></figcaption>`}${drawings}</figure>`;
}
