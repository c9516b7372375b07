/** Columns in the making: what they refer to is decided when the columns before them are known. */
import fc from "fast-check";
import { randomWindow } from "./random-window.ts";
import type { Before, Refers, Window } from "./random-window.ts";

export type Args = Readonly<Record<string, unknown>>;

export interface Definition {
  readonly function: string;
  readonly args: Args;
}

/** `name` is the column's own, for the names of what is nested in it. */
export type Draft = (before: readonly Before[], name: string) => Definition;

/** Arguments of which any can be left out. */
export function optional<Model extends Record<string, unknown>>(model: {
  [Key in keyof Model]: fc.Arbitrary<Model[Key]>;
}): fc.Arbitrary<Args> {
  return fc.record(model, { requiredKeys: [] });
}

/** A column whose arguments refer to no other. */
export function fixedDraft(
  name: string,
  ...args: readonly fc.Arbitrary<Args>[]
): fc.Arbitrary<Draft> {
  return fc.tuple(...args).map((parts) => () => ({ function: name, args: merged(parts) }));
}

/** A column with a window over its records. */
export function windowedDraft(
  name: string,
  ...args: readonly fc.Arbitrary<Args>[]
): fc.Arbitrary<Draft> {
  return fc
    .tuple(fc.tuple(...args), randomWindow, fc.boolean())
    .map(([parts, window, together]) => (before) => {
      const given = merged(parts);
      return { function: name, args: { ...given, ...windowArgs(window(before), together) } };
    });
}

/** A column with one or more dates of its own. */
export function datedDraft(
  name: string,
  dates: Readonly<Record<string, fc.Arbitrary<Refers<string>>>>,
  ...args: readonly fc.Arbitrary<Args>[]
): fc.Arbitrary<Draft> {
  const refers = fc.record(dates) as fc.Arbitrary<Readonly<Record<string, Refers<string>>>>;
  return fc.tuple(fc.tuple(...args), refers).map(([parts, own]) => (before) => {
    const days = Object.entries(own).map(([key, date]) => [key, date(before)] as const);
    return { function: name, args: { ...merged(parts), ...Object.fromEntries(days) } };
  });
}

/** As `between`, or as the two bounds by themselves. */
export function windowArgs({ from, to }: Window, together: boolean): Args {
  if (from === null && to === null) return {};
  if (together) return { between: [from, to] };
  return {
    ...(from === null ? {} : { on_or_after: from }),
    ...(to === null ? {} : { on_or_before: to }),
  };
}

function merged(parts: readonly Args[]): Args {
  return Object.assign({}, ...parts) as Args;
}

export const find = optional({
  find_first_match_in_period: fc.boolean(),
  find_last_match_in_period: fc.boolean(),
});

export const format = optional({
  date_format: fc.constantFrom("YYYY-MM-DD", "YYYY-MM-DD", "YYYY-MM", "YYYY"),
});

export const flagged = fc.boolean();

export function returning(...values: readonly string[]): fc.Arbitrary<Args> {
  return fc.constantFrom(...values).map((value) => ({ returning: value }));
}
