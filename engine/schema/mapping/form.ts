/** What expressions of a mapping file are described by. */
import type { IsoDate } from "../../base/dates.ts";
import type { PhysicalKind } from "../physical-table.ts";
import type { DayLayout, Source } from "../provision.ts";

/** What an expression is told besides the values that it is made of. */
export interface Given {
  readonly texts?: readonly string[];
  readonly numbers?: readonly number[];
  readonly day?: IsoDate;
  readonly pairs?: readonly (readonly [string, string])[];
  readonly factors?: readonly (readonly [number, number])[];
  readonly text?: string;
  readonly count?: number;
  readonly layout?: DayLayout;
}

/** How what stands behind a key is read. An `expression` is one more value that the whole is made of. */
export type GivenKind =
  | "texts"
  | "codes"
  | "day"
  | "days"
  | "pairs"
  | "factors"
  | "text"
  | "layout"
  | "others"
  | "expression";

export type Kinds = readonly PhysicalKind[];

export interface Form {
  /** How many values stand behind its name: one, a list of so many, or a list of any length. */
  readonly takes: number | "list";
  /** Keys beside its name, each of which must be there. */
  readonly keys: Readonly<Record<string, GivenKind>>;
  /** What it gives; null for what its first value is. */
  readonly gives: Kinds | null;
  /** What the value at a place must be, given what is wanted of the whole. */
  readonly part: (place: number, wanted: Kinds, given: Given) => Kinds;
  readonly make: (parts: readonly Source[], given: Given) => Source;
}

export type Forms = Readonly<Record<string, Form>>;

export const TEXT: Kinds = ["text"];
export const WHOLE: Kinds = ["long", "int"];
export const DAY: Kinds = ["date"];
export const TIME: Kinds = ["datetime", "date"];
export const NUMBER: Kinds = ["real", "int"];

export const same: Form["part"] = (_, wanted) => wanted;

export function all(kinds: Kinds): Form["part"] {
  return () => kinds;
}

/** The values at the first places. A form that was read has as many as it takes. */
export function at(parts: readonly Source[], place: number): Source {
  return parts[place] ?? { kind: "missing" };
}
