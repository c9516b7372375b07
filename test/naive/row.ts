/** Rows of a database as plain objects, and how their cells are read. */
import type { IsoDate } from "../../engine/base/dates.ts";
import { parseIsoDate } from "../../engine/base/dates.ts";

export type Cell = string | number | boolean | null;

/** A column that is absent is NULL. */
export type Row = Readonly<Record<string, Cell>>;
export type Records = Readonly<Record<string, readonly Row[]>>;

export function cell(row: Row | null, name: string): Cell {
  return row?.[name] ?? null;
}

export function text(row: Row | null, name: string): string | null {
  const value = cell(row, name);
  return value === null ? null : String(value);
}

/** A whole number, also where the column holds its digits. */
export function whole(row: Row | null, name: string): number | null {
  const value = cell(row, name);
  return value === null ? null : Number(value);
}

/** A 32-bit number as the shortest decimal that reads back as the same 32 bits. */
export function real(row: Row | null, name: string): number | null {
  const value = whole(row, name);
  return value === null ? null : asReal(value);
}

export function asReal(value: number): number {
  const stored = Math.fround(value);
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(stored.toPrecision(digits));
    if (Math.fround(short) === stored) return short;
  }
  return stored;
}

/** A moment as `YYYY-MM-DDTHH:MM:SS`; a day alone is its midnight. */
export function moment(row: Row | null, name: string): string | null {
  const value = text(row, name);
  if (value === null) return null;
  const day = value.slice(0, 10);
  return value.length > 10 ? `${day}T${value.slice(11, 19)}` : midnight(day);
}

export function midnight(day: string): string {
  return `${day}T00:00:00`;
}

/** The calendar day of a date or a moment. */
export function day(row: Row | null, name: string): IsoDate | null {
  const value = text(row, name);
  return value === null ? null : parseIsoDate(value.slice(0, 10));
}

/** The calendar day of a moment as `moment` writes it. */
export function dayOf(at: string | null): IsoDate | null {
  return at === null ? null : parseIsoDate(at.slice(0, 10));
}
