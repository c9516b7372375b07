/** When each patient has records that a growing window finds, the same whichever index dates are asked for. */
import { addYears, fromDayNumber, toDayNumber } from "../../../base/dates.ts";
import { chooseExactly } from "../choices.ts";
import { dayIfKnown, daysOf, filledRows } from "../draw-column.ts";
import type { ColumnToDraw } from "../draw-column.ts";
import { drawDates } from "../draw-dates.ts";
import { streamOf } from "../dummy-draws.ts";
import type { DummyDraws } from "../dummy-draws.ts";
import { nextBelow } from "../random-stream.ts";

/** How far back records go where neither the window nor the expectations say. */
const YEARS_OF_RECORDS = 10;
/** Days from one record of a patient to the next, where the window is that long. */
const DAYS_BETWEEN = 365;
/** As many days as nobody reaches. */
const NEVER = 2 ** 30;

/** What the window holds at the anchor; days, all included. */
export interface Span {
  readonly from: number;
  /** Before `from` where no day suits both the window and the expectations. */
  readonly to: number;
  /** The end of the window, which may be later than the last record. */
  readonly until: number;
}

/** The expectations tell of the anchor, as they do in a study of one index date. */
export function spanAtAnchor(drawn: ColumnToDraw, draws: DummyDraws): Span {
  const { column, expectations } = drawn;
  const at = { ...draws, indexDate: draws.anchor };
  const expected = expectations.range === null ? null : daysOf(drawn, at);
  const end = dayIfKnown(column.period?.to, at) ?? expected?.latest ?? toDayNumber(draws.today);
  const opens = dayIfKnown(column.period?.from, at);
  const earliest = expected === null ? null : Math.min(expected.earliest, expected.latest);
  // A window that has not opened at the anchor holds after a year what is expected of it.
  const until = opens !== null && end < opens ? opens + DAYS_BETWEEN : end;
  const usual = toDayNumber(addYears(fromDayNumber(until), -YEARS_OF_RECORDS));
  const latest = expected === null ? until : Math.max(expected.earliest, expected.latest);
  return {
    from: Math.max(opens ?? -Infinity, earliest ?? opens ?? usual),
    to: Math.min(until, latest),
    until,
  };
}

/** 1 for as many patients as are expected to have a record at the anchor. */
export function patientsWithRecords(
  { column, expectations }: ColumnToDraw,
  draws: DummyDraws,
  { from, to }: Span,
): Uint8Array {
  const rows = from > to ? 0 : filledRows(expectations, draws.block);
  return chooseExactly(streamOf(draws, column.name, "patients", false), rows, draws.rows);
}

/** The day of each patient's record at the anchor, spread as expected. */
export function daysOfRecords(
  { column, expectations }: ColumnToDraw,
  draws: DummyDraws,
  { from, to }: Span,
): Int32Array {
  const stream = streamOf(draws, column.name, "date", false);
  const range = { earliest: Math.min(from, to), latest: to };
  return drawDates(stream, draws.rows, expectations.rate, range);
}

/** Records after the anchor: the first, and from then on one in so many days. */
export interface LaterRecords {
  readonly next: Int32Array;
  readonly gap: number;
}

/**
 * Who has a record gets the next one within the usual time; the others get their first at the average
 * pace of the window up to the anchor.
 */
export function recordsAfter(
  { column }: ColumnToDraw,
  draws: DummyDraws,
  { from, until }: Span,
  had: Uint8Array,
): LaterRecords {
  const length = Math.max(1, until - from + 1);
  const gap = Math.min(DAYS_BETWEEN, length);
  const patients = had.reduce((sum, one) => sum + one, 0);
  const waiting = patients === 0 ? NEVER : (length * (had.length - patients)) / patients;
  const stream = streamOf(draws, column.name, "later", false);
  const next = new Int32Array(had.length);
  for (let row = 0; row < next.length; row++) {
    const within = had[row] === 1 ? gap : Math.min(NEVER, waiting);
    next[row] = until + 1 + nextBelow(stream, within);
  }
  return { next, gap };
}
