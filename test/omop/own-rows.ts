/** Rows of the person that is asked about. */
import { parseIsoDate } from "../../engine/base/dates.ts";
import type { IsoDate } from "../../engine/base/dates.ts";
import { rowsOf } from "../naive/asked.ts";
import type { Asked } from "../naive/asked.ts";
import { cell, day, midnight, moment, text, whole } from "../naive/row.ts";
import type { Row } from "../naive/row.ts";

/** Ids may have more digits than a number holds: they are compared as texts. */
export function ownRows(asked: Asked, table: string): readonly Row[] {
  return rowsOf(asked, table).filter((row) => text(row, "person_id") === String(asked.patient));
}

export function person(asked: Asked): Row | null {
  return ownRows(asked, "person")[0] ?? null;
}

/** The row of another table that a row points to. */
export function pointedTo(asked: Asked, table: string, from: Row | null): Row | null {
  const name = `${table}_id`;
  const id = text(from, name);
  return id === null ? null : (rowsOf(asked, table).find((row) => text(row, name) === id) ?? null);
}

/** An id, so that those of 64 bits sort as numbers do. */
export function idKey(row: Row, name: string): string | null {
  return text(row, name)?.padStart(20, "0") ?? null;
}

/** The day is the truth; the time counts where it is of the same day. */
export function momentOf(row: Row, date: string, time: string): string | null {
  const on = day(row, date);
  if (on === null) return null;
  const at = moment(row, time);
  return at?.slice(0, 10) === on ? at : midnight(on);
}

/** Without a month that of the time of birth, else January; without a day the first. */
export function birthDay(asked: Asked): IsoDate | null {
  const row = person(asked);
  const year = whole(row, "year_of_birth");
  if (year === null) return day(row, "birth_datetime");
  const month = whole(row, "month_of_birth");
  if (month === null && cell(row, "birth_datetime") !== null) return day(row, "birth_datetime");
  return clipped(year, month ?? 1, whole(row, "day_of_birth") ?? 1);
}

/** A day beyond the month is its last. */
function clipped(year: number, month: number, on: number): IsoDate {
  for (let each = on; ; each--) {
    const found = parseIsoDate([year, two(month), two(each)].join("-"));
    if (found !== null) return found;
  }
}

const two = (number: number): string => String(number).padStart(2, "0");
