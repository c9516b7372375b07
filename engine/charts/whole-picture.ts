/** A measure as a picture that stands alone: title, unit, what is hidden, and source are inside. */
import { notesOf, panelWords, sourceWords } from "./chart-words.ts";
import { drawPanel } from "./draw-panel.ts";
import { cutText, textWidth } from "./label-text.ts";
import { panelTitle, settingOf, unitOf } from "./measure-chart.ts";
import type { MeasureChart } from "./measure-chart.ts";
import { named, onPaper } from "./palette.ts";
import { wide } from "./panel-frame.ts";
import { SvgDocument } from "./svg-document.ts";
import type { SvgElement } from "./svg-document.ts";

const MARGIN = 20;
const WIDTH = wide.width + 2 * MARGIN;
const LINE = 17;

/** SVG, on white, with colours of its own. Fonts are those of whoever opens it; the first is the one of the png. */
export function wholePicture(chart: MeasureChart): string {
  const document = new SvgDocument();
  const svg = element(document.documentElement, "svg", {});
  const back = element(svg, "rect", { width: WIDTH, fill: named("chart-back") });
  let y = MARGIN + 16;
  line(svg, cutText(chart.title, 18, wide.width), {
    y,
    "font-size": 18,
    fill: named("chart-ink"),
  });
  y += 22;
  line(svg, cutText(unitOf(chart), 13, wide.width), {
    y,
    "font-size": 13,
    fill: named("chart-soft"),
  });
  for (const panel of chart.picture.panels) {
    const title = panelTitle(chart, panel);
    y += 14;
    if (title !== "") {
      y += 12;
      line(svg, cutText(title, 13, wide.width), { y, "font-size": 13, fill: named("chart-ink") });
      y += 4;
    }
    const drawn = drawPanel(panel, settingOf(chart, wide));
    drawn.setAttribute("x", MARGIN);
    drawn.setAttribute("y", y);
    drawn.setAttribute("color", named("chart-ink"));
    drawn.removeAttribute("font-family");
    y += Number(drawn.getAttribute("height"));
    svg.appendChild(drawn);
  }
  y += 8;
  for (const words of wrapped([...notesOf(chart), sourceWords(chart)].join(" "))) {
    y += LINE;
    line(svg, words, { y, "font-size": 12, fill: named("chart-soft") });
  }
  const height = Math.ceil(y + MARGIN);
  back.setAttribute("height", height);
  sized(svg, chart, height);
  return `${svg.markup(onPaper).toString()}\n`;
}

function sized(svg: SvgElement, chart: MeasureChart, height: number): void {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width: WIDTH,
    height,
    viewBox: `0 0 ${WIDTH} ${height}`,
    "font-family": "'DejaVu Sans', Verdana, sans-serif",
    role: "img",
    "aria-label": chart.picture.panels.map((panel) => panelWords(chart, panel)).join(" "),
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
}

type Attributes = Readonly<Record<string, string | number>>;

function element(parent: SvgElement, name: string, attributes: Attributes): SvgElement {
  const made = parent.ownerDocument.createElementNS("", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return parent.appendChild(made);
}

function line(svg: SvgElement, words: string, attributes: Attributes): void {
  element(svg, "text", { x: MARGIN, ...attributes }).textContent = words;
}

/** Lines that fit into the picture. A word that is longer than one is cut. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (textWidth(longer, 12) <= wide.width) {
      current = longer;
      continue;
    }
    if (current !== "") lines.push(current);
    current = cutText(word, 12, wide.width);
  }
  return [...lines, current];
}
