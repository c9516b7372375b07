/** A panel: a line for each group with its name beside it, or deciles; what is hidden is marked below the axis. */
import { cutText, textWidth } from "./label-text.ts";
import { labelPlaces } from "./label-places.ts";
import type { Panel } from "./measure-picture.ts";
import { lineStyle, named } from "./palette.ts";
import type { LineStyle } from "./palette.ts";
import { dayOf, daysFromTo, ROW_HEIGHT, scaleEnd } from "./panel-frame.ts";
import type { PanelSetting } from "./panel-frame.ts";
import { areaY, dot, drawn, heightOf, lineY, text } from "./plot.ts";
import type { Axes, Frame, Markish } from "./plot.ts";
import { factors } from "./rate.ts";
import type { SvgElement } from "./svg-document.ts";
import { FEWEST_VALUES } from "../measures/deciles.ts";
import { textOfGroup } from "./group-text.ts";

/** What is drawn, whether it is of a group or of a decile. */
interface Line {
  readonly label: string;
  readonly points: readonly {
    readonly day: Date;
    readonly rate: number;
    readonly isHidden: boolean;
  }[];
  readonly style: LineStyle & { readonly strokeWidth: number };
  readonly hasDots: boolean;
}

interface MarkRow {
  readonly label: string;
  readonly stroke: string;
  readonly sign: string;
  readonly days: readonly Date[];
}

interface Drawing {
  readonly lines: readonly Line[];
  readonly rows: readonly MarkRow[];
  /** Marks behind the lines. */
  readonly behind: readonly Markish[];
}

const TICKS = 40;

export function drawPanel(panel: Panel, setting: PanelSetting): SvgElement {
  const factor = factors[setting.unit];
  const drawing = panel.kind === "lines" ? drawSeries(panel, factor) : drawDeciles(panel, factor);
  const frame = frameFor(drawing, setting);
  const axes = { x: daysFromTo(setting.dates), highest: scaleEnd(setting.highest * factor) };
  const marks = [
    ...drawing.behind,
    ...drawing.lines.flatMap(lineMarks),
    ...endLabels(drawing.lines, axes, frame),
    ...drawing.rows.flatMap((row, at) => rowMarks(row, at, frame)),
    ...(drawing.rows.length === 0 ? [] : [hiddenWord(frame)]),
  ];
  return drawn(marks, axes, frame);
}

function frameFor({ lines, rows }: Drawing, { size, highest, unit }: PanelSetting): Frame {
  const { width, height, textSize, mostLabel } = size;
  const labels = [...lines, ...rows].map(({ label }) => textWidth(label, textSize));
  const right = Math.min(Math.max(12, ...labels) + 20, mostLabel);
  const top = 14;
  const bottom = TICKS + rows.length * ROW_HEIGHT + (rows.length > 0 ? 8 : 0);
  const digits = String(Math.ceil(scaleEnd(highest * factors[unit]))).length;
  const left = Math.max(52, 20 + digits * 8);
  return { width, height: top + height + bottom, left, right, top, bottom, textSize };
}

function drawSeries({ series }: Extract<Panel, { kind: "lines" }>, factor: number): Drawing {
  const lines = series.map(({ label, points }, at): Line => ({
    // One line of everybody needs no name.
    label: label === "" && series.length === 1 ? "" : textOfGroup(label),
    points: points.map((point) => ({
      day: dayOf(point.date),
      rate: point.value * factor,
      isHidden: point.state === "hidden",
    })),
    style: { ...lineStyle(at), strokeWidth: 2 },
    hasDots: true,
  }));
  const rows = lines.flatMap(({ label, points, style: { stroke } }): readonly MarkRow[] => {
    const days = points.filter(({ isHidden }) => isHidden).map(({ day }) => day);
    return days.length === 0 ? [] : [{ label, stroke, sign: "×", days }];
  });
  return { lines: lines.filter(hasRate), rows, behind: [] };
}

function hasRate({ points }: Line): boolean {
  return points.some(({ rate }) => Number.isFinite(rate));
}

const MEDIAN = 50;

function drawDeciles({ deciles }: Extract<Panel, { kind: "deciles" }>, factor: number): Drawing {
  const percents = deciles[0]?.percentiles.map(({ percentile }) => percentile) ?? [];
  const stroke = named("line-0");
  const rateAt = (at: number, percent: number): number => {
    const found = deciles[at]?.percentiles.find(({ percentile }) => percentile === percent)?.value;
    return found === undefined || found === null ? NaN : found * factor;
  };
  const lines = percents.map((percent): Line => ({
    label: percent === MEDIAN ? "median" : percent % 40 === 10 ? `${percent} %` : "",
    points: deciles.map(({ date }, at) => ({
      ...{ day: dayOf(date), rate: rateAt(at, percent), isHidden: false },
    })),
    style: { stroke, ...decileStyle(percent) },
    hasDots: percent === MEDIAN,
  }));
  const band = deciles.map(({ date }, at) => ({
    ...{ day: dayOf(date), low: rateAt(at, 10), high: rateAt(at, 90) },
  }));
  const behind = areaY(band, { x: "day", y1: "low", y2: "high", fill: stroke, fillOpacity: 0.1 });
  const daysWhere = (holds: (each: (typeof deciles)[number]) => boolean): readonly Date[] =>
    deciles.filter(holds).map(({ date }) => dayOf(date));
  const rows = [
    { label: "values hidden", sign: "×", days: daysWhere(({ hidden }) => hidden > 0) },
    { label: `fewer than ${FEWEST_VALUES}`, sign: "!", days: daysWhere(isFew) },
  ];
  return {
    lines: lines.filter(hasRate),
    behind: [behind],
    rows: rows
      .filter(({ days }) => days.length > 0)
      .map((row) => ({ ...row, stroke: named("chart-soft") })),
  };
}

function isFew({ values }: { readonly values: number }): boolean {
  return values < FEWEST_VALUES;
}

function decileStyle(percent: number): { strokeDasharray?: string; strokeWidth: number } {
  if (percent === MEDIAN) return { strokeWidth: 2.5 };
  return { strokeWidth: 1, strokeDasharray: percent % 10 === 0 ? "5 3" : "1 3" };
}

/** Dots as well, so that a figure between two hidden ones is seen. */
function lineMarks({ points, style, hasDots }: Line): readonly Markish[] {
  const line = lineY([...points], { x: "day", y: "rate", ...style, strokeLinecap: "butt" });
  const isAlone = (at: number): boolean =>
    !Number.isFinite(points[at - 1]?.rate) && !Number.isFinite(points[at + 1]?.rate);
  const dots = points.filter((_, at) => (hasDots && points.length <= TICKS) || isAlone(at));
  return [line, dot(dots, { x: "day", y: "rate", r: 2.5, fill: style.stroke })];
}

/** As high as its line ends, or as near as there is room. */
function endLabels(lines: readonly Line[], axes: Axes, frame: Frame): readonly Markish[] {
  const named = lines.filter(({ label }) => label !== "");
  const ends = named.map(({ points }) => {
    const last = points.findLast(({ rate }) => Number.isFinite(rate));
    return heightOf(last?.rate ?? 0, axes, frame);
  });
  const height = frame.height - frame.top - frame.bottom;
  const room = { gap: ROW_HEIGHT, from: -ROW_HEIGHT / 2, to: height + ROW_HEIGHT / 2 };
  const places = labelPlaces(ends, room);
  return named.map(({ label, style: { stroke } }, at) =>
    beside(label, stroke, "top-right", { dy: places[at]?.given ?? 0, frame }),
  );
}

function beside(
  label: string,
  fill: string,
  frameAnchor: "top-right" | "bottom-right",
  { dy, frame }: { readonly dy: number; readonly frame: Frame },
): Markish {
  const shown = cutText(label, frame.textSize, frame.right - 12);
  const place = { frameAnchor, textAnchor: "start", lineAnchor: "middle", dx: 10, dy } as const;
  return text([shown], { text: (each: string) => each, fill, fontWeight: 500, ...place });
}

function rowMarks(
  { label, stroke, sign, days }: MarkRow,
  at: number,
  frame: Frame,
): readonly Markish[] {
  const dy = TICKS + at * ROW_HEIGHT;
  const marks = text([...days], {
    ...{ x: (day: Date) => day, text: () => sign, frameAnchor: "bottom", lineAnchor: "middle" },
    ...{ dy, fill: stroke, fontWeight: 600 },
  });
  return [marks, beside(label, stroke, "bottom-right", { dy, frame })];
}

function hiddenWord({ textSize, left }: Frame): Markish {
  return text(["hidden"], {
    ...{ text: (each: string) => each, frameAnchor: "bottom-left", textAnchor: "end" },
    ...{ lineAnchor: "middle", dx: -8, dy: TICKS, fill: named("chart-soft") },
    ...{ fontSize: Math.min(textSize, (left - 10) / 3.4) },
  });
}
