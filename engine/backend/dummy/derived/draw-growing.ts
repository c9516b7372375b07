/** Dummy values of a column whose window only grows: what was recorded once, is there at every later date. */
import { NO_DATE } from "../../../table/cohort-schema.ts";
import type { ColumnValues } from "../../../table/cohort-schema.ts";
import { dayIfKnown } from "../draw-column.ts";
import type { ColumnToDraw, DrawnColumnValues } from "../draw-column.ts";
import { drawValues } from "../draw-values.ts";
import { streamOf } from "../dummy-draws.ts";
import type { DummyDraws } from "../dummy-draws.ts";
import {
  daysOfRecords,
  patientsWithRecords,
  recordsAfter,
  spanAtAnchor,
} from "./growing-records.ts";
import type { LaterRecords } from "./growing-records.ts";
import { hasLatestDate } from "./growing-window.ts";

/** What each patient's records are, as far as somebody asks for it. */
interface History {
  readonly now: number;
  readonly until: number;
  /** 1 where there is a record at the anchor; of day `first`, and as many as `counts`. */
  readonly had: Uint8Array;
  readonly first: Int32Array | null;
  readonly counts: Float64Array | null;
  readonly later: LaterRecords | null;
}

/**
 * At the anchor the column is as its expectations say, its dates within its window. Before that are the
 * records up to then; afterwards others come at the average pace of the window before. So a flag is
 * never taken back, a count never falls, a first date stays and a latest one moves on, whichever index
 * dates are asked for. A count of 0 or less is no record, and has no date. test/backend/dummy-growing.
 */
export function drawGrowing(drawn: ColumnToDraw, draws: DummyDraws): DrawnColumnValues {
  const { column, expectations } = drawn;
  const history = historyOf(drawn, draws);
  const { has, more } = seenBy(history);
  const isDated = expectations.range !== null;
  const dates = isDated ? datesOf(history, has, hasLatestDate(column) ? more : null) : null;
  const { values } = expectations;
  if (values.kind === "none") return { values: null, dates };
  if (values.kind === "date")
    return { values: { type: "date", values: dates ?? noDates(draws) }, dates };
  if (history.counts !== null) return { values: countsOf(history, history.counts, more), dates };
  const stream = streamOf(draws, column.name, "value", false);
  return { values: drawValues(column, values, has, stream), dates };
}

function noDates({ rows }: DummyDraws): Int32Array {
  return new Int32Array(rows).fill(NO_DATE);
}

function historyOf(drawn: ColumnToDraw, draws: DummyDraws): History {
  const { column, expectations } = drawn;
  const span = spanAtAnchor(drawn, draws);
  const { until } = span;
  const now = dayIfKnown(column.period?.to, draws) ?? until;
  const had = patientsWithRecords(drawn, draws, span);
  const counts = drawnCounts(drawn, draws, had);
  if (counts !== null)
    for (let row = 0; row < had.length; row++) had[row] = counts[row] === 0 ? 0 : 1;
  const isAsked = expectations.range !== null || now < until;
  const first = isAsked ? daysOfRecords(drawn, draws, span) : null;
  const later = now > until ? recordsAfter(drawn, draws, span, had) : null;
  return { now, until, had, first, counts, later };
}

/** 0 where there is no record. Null for what is no count. */
function drawnCounts(
  { column, expectations: { values } }: ColumnToDraw,
  draws: DummyDraws,
  had: Uint8Array,
): Float64Array | null {
  if (column.type !== "int" || values.kind === "none") return null;
  const drawn = drawValues(column, values, had, streamOf(draws, column.name, "value", false));
  return drawn.type === "int" ? drawn.values.map((count) => Math.max(0, count)) : null;
}

/** Who has a record by now, and how many there are since the anchor. */
function seenBy({ now, had, first, later }: History): { has: Uint8Array; more: Float64Array } {
  const has = Uint8Array.from(had);
  const more = new Float64Array(had.length);
  for (let row = 0; row < has.length; row++) {
    if (first !== null && (first[row] ?? 0) > now) has[row] = 0;
    if (later === null || (later.next[row] ?? 0) > now) continue;
    has[row] = 1;
    more[row] = 1 + Math.floor((now - (later.next[row] ?? 0)) / later.gap);
  }
  return { has, more };
}

/** The first record's, or, with `more`, the latest one's. */
function datesOf(
  { had, first, later }: History,
  has: Uint8Array,
  more: Float64Array | null,
): Int32Array {
  const dates = new Int32Array(has.length).fill(NO_DATE);
  for (let row = 0; row < dates.length; row++) {
    if (has[row] === 0) continue;
    const next = later?.next[row] ?? NO_DATE;
    const since = more?.[row] ?? 0;
    const earliest = had[row] === 1 ? (first?.[row] ?? NO_DATE) : next;
    dates[row] = since > 0 ? next + (since - 1) * (later?.gap ?? 0) : earliest;
  }
  return dates;
}

/** Before the anchor they have come one by one since the first day. */
function countsOf(
  { now, until, first }: History,
  counts: Float64Array,
  more: Float64Array,
): ColumnValues {
  const values = counts.map((count, row) => {
    const day = first?.[row] ?? until;
    if (count === 0 || now >= until) return count + (more[row] ?? 0);
    if (day > now) return 0;
    return 1 + Math.floor(((count - 1) * (now - day)) / Math.max(1, until - day));
  });
  return { type: "int", values };
}
