/** The one door to the drawing library: axes, scales and marks, drawn into a document of ours. */
import {
  areaY,
  axisX,
  axisY,
  barX,
  dot,
  gridY,
  lineY,
  link,
  plot,
  ruleX,
  ruleY,
  text,
  tickX,
} from "@observablehq/plot";
import type { Markish, PlotOptions } from "@observablehq/plot";
import { SvgDocument, SvgElement } from "./svg-document.ts";
import { named } from "./palette.ts";

export type { Markish } from "@observablehq/plot";
export { areaY, barX, dot, lineY, link, ruleX, ruleY, text, tickX };

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** In pixels, of all text. */
  readonly textSize: number;
}

export interface Axes {
  /** First and last date. */
  readonly x: readonly [Date, Date];
  /** The highest value on the scale, which begins at 0. */
  readonly highest: number;
}

/** Where the height of a value is, from the top of the frame. */
export function heightOf(value: number, { highest }: Axes, { height, top, bottom }: Frame): number {
  return (height - top - bottom) * (1 - value / highest);
}

/** Marks within axes of time and of rates. */
export function drawn(marks: readonly Markish[], axes: Axes, frame: Frame): SvgElement {
  const soft = named("chart-soft");
  const style = { color: soft, fontSize: frame.textSize, label: null };
  const ticks = Math.max(2, Math.floor((frame.width - frame.left - frame.right) / 75));
  return drawnBare(
    [
      gridY({ stroke: named("chart-grid"), strokeOpacity: 1, ticks: 5 }),
      axisY({ ...style, ticks: 5, tickSize: 0, tickPadding: 8 }),
      axisX({ ...style, ticks, tickSize: 4 }),
      ruleY([0], { stroke: soft }),
      ...marks,
    ],
    axes,
    frame,
  );
}

/** The same without axes. */
export function drawnBare(
  marks: readonly Markish[],
  { x, highest }: Axes,
  { width, height, left, right, top, bottom, textSize }: Frame,
): SvgElement {
  const frame = { width, height, left, right, top, bottom, textSize };
  return svgOf(marks, frame, {
    x: { type: "utc", domain: [...x], axis: null },
    y: { type: "linear", domain: [0, highest], axis: null },
  });
}

/** Bars from left to right, one below the other in the order of the names; shares up to `highest`. */
export function drawnBars(
  marks: readonly Markish[],
  names: readonly string[],
  highest: number,
  frame: Frame,
): SvgElement {
  return svgOf([...marks, ruleX([0], { stroke: named("chart-soft") })], frame, {
    x: { type: "linear", domain: [0, highest], axis: null },
    y: { type: "band", domain: [...names], axis: null, padding: 0.25 },
  });
}

function svgOf(
  marks: readonly Markish[],
  { width, height, left, right, top, bottom, textSize }: Frame,
  scales: Pick<PlotOptions, "x" | "y">,
): SvgElement {
  const margins = { marginLeft: left, marginRight: right, marginTop: top, marginBottom: bottom };
  const options: PlotOptions = {
    // The library asks for no more of a document than ours has.
    document: new SvgDocument(),
    ...{ width, height, ...margins, marks: [...marks] },
    ...scales,
  };
  const svg: unknown = plot(options);
  if (!(svg instanceof SvgElement)) throw new Error("the drawing is no single picture");
  svg.removeAttribute("class");
  svg.setAttribute("font-size", textSize);
  return svg;
}
