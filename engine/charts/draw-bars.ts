/** Shares of a cohort as bars: the last date as a bar, the range over all dates as a line, what is expected as a tick. */
import type { ShownBar } from "../profile/profile.ts";
import { cutText, textWidth } from "./label-text.ts";
import { named } from "./palette.ts";
import { barX, drawnBars, link, text, tickX } from "./plot.ts";
import type { Markish } from "./plot.ts";
import type { SvgElement } from "./svg-document.ts";

export interface BarsSize {
  readonly width: number;
  readonly mostLabel: number;
}

export const wideBars: BarsSize = { width: 640, mostLabel: 220 };
export const narrowBars: BarsSize = { width: 340, mostLabel: 110 };

const TEXT_SIZE = 12;
const ROW = 20;

export function drawBars(bars: readonly ShownBar[], { width, mostLabel }: BarsSize): SvgElement {
  const rows = bars.map(rowOf);
  const widest = Math.max(...rows.map(({ label }) => textWidth(label, TEXT_SIZE)));
  const left = Math.min(mostLabel, Math.ceil(widest)) + 10;
  const frame = { width, height: rows.length * ROW + 8, left, right: 58, top: 4, bottom: 4 };
  const expected = rows.filter(({ expected: share }) => share !== null);
  const moving = rows.filter(({ least, most }) => most > least);
  const cut = rows.map((row) => ({ ...row, label: cutText(row.label, TEXT_SIZE, left - 10) }));
  const marks: Markish[] = [
    barX(rows, { x: "share", y: "name", fill: named("line-0"), fillOpacity: 0.75 }),
    link(moving, {
      ...{ x1: "least", x2: "most", y1: "name", y2: "name" },
      ...{ stroke: named("chart-ink"), strokeWidth: 1.5 },
    }),
    tickX(expected, { x: "expected", y: "name", stroke: named("line-1"), strokeWidth: 3 }),
    text(cut, {
      ...{ x: 0, y: "name", text: "label", textAnchor: "end", dx: -8 },
      fill: named("chart-ink"),
    }),
    text(rows, {
      ...{ x: "farthest", y: "name", text: "percent", textAnchor: "start", dx: 7 },
      fill: named("chart-soft"),
    }),
  ];
  const highest = Math.max(0.01, ...rows.map(({ farthest }) => farthest));
  const names = rows.map(({ name }) => name);
  return drawnBars(marks, names, highest, { ...frame, textSize: TEXT_SIZE });
}

/** Names are numbered: two labels that look alike stay two bars. */
function rowOf({ label, shares, expected }: ShownBar, at: number) {
  const known = shares.filter((share) => share !== null);
  const share = shares.at(-1) ?? 0;
  const [least, most] = [Math.min(...known, share), Math.max(...known, share)];
  const farthest = Math.max(most, expected ?? 0);
  return {
    ...{ name: String(at), label, share, least, most, expected, farthest },
    percent: percentText(share),
  };
}

export function percentText(share: number | null): string {
  if (share === null) return "–";
  const percent = share * 100;
  return `${percent > 0 && percent < 9.95 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}
