/** How large the parts of a panel are, on a wide screen or paper and on a narrow screen. */
import type { IsoDate } from "../base/dates.ts";
import type { RateUnit } from "../base/rate-units.ts";

export interface PanelSize {
  readonly width: number;
  /** Of the part with the lines. */
  readonly height: number;
  readonly textSize: number;
  /** The widest that labels beside the lines may be. */
  readonly mostLabel: number;
}

export const wide: PanelSize = { width: 720, height: 260, textSize: 12, mostLabel: 190 };
export const narrow: PanelSize = { width: 340, height: 230, textSize: 12, mostLabel: 96 };

/** What all panels of a picture share. */
export interface PanelSetting {
  readonly size: PanelSize;
  readonly dates: readonly IsoDate[];
  readonly unit: RateUnit;
  /** Of the measure as the file has it, not yet in the unit. */
  readonly highest: number;
}

/** Of one row of marks for what is hidden, and of one label beside the lines. */
export const ROW_HEIGHT = 15;

export function dayOf(date: IsoDate): Date {
  return new Date(`${date}T00:00:00Z`);
}

const DAY = 86_400_000;

/** A single date stands in the middle of a month. */
export function daysFromTo(dates: readonly IsoDate[]): readonly [Date, Date] {
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) throw new Error("a picture needs a date");
  const [from, to] = [dayOf(first), dayOf(last)];
  if (first !== last) return [from, to];
  return [new Date(from.getTime() - 15 * DAY), new Date(to.getTime() + 15 * DAY)];
}

/** Where the scale ends: a little above the highest rate, at a round number. */
export function scaleEnd(highest: number): number {
  if (!(highest > 0)) return 1;
  const step = 10 ** Math.floor(Math.log10(highest)) / 10;
  const parts = Math.ceil((highest / step) * 1.02);
  const round = parts <= 20 ? 2 : parts <= 50 ? 5 : 10;
  return Math.ceil(parts / round) * round * step;
}
