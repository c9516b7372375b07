/** Reading plain data of unknown shape: each function throws, as for a bug, if the data are not so. */
import { measureFormats } from "../base/file-names.ts";
import type { MeasureFormat } from "../base/file-names.ts";
import type { Place, Problem } from "../base/problems.ts";
import type { MeasureSpec, Rounding } from "./measure-spec.ts";

/** The value under a name of a plain object, undefined if there is none. */
export function entry(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) throw wrong("an object", name);
  return (value as Readonly<Record<string, unknown>>)[name];
}

export function text(value: unknown, name: string): string {
  const found = entry(value, name);
  if (typeof found !== "string") throw wrong("text", name);
  return found;
}

export function number(value: unknown, name: string): number {
  const found = entry(value, name);
  if (typeof found !== "number") throw wrong("a number", name);
  return found;
}

export function bool(value: unknown, name: string): boolean {
  const found = entry(value, name);
  if (typeof found !== "boolean") throw wrong("true or false", name);
  return found;
}

export function list<Item>(value: unknown, read: (item: unknown) => Item): readonly Item[] {
  if (!Array.isArray(value)) throw wrong("a list", "list");
  return value.map((item: unknown) => read(item));
}

export function readFormat(name: string): MeasureFormat {
  const format = measureFormats.find((known) => known === name);
  if (format === undefined) throw wrong("a format of measures", "format");
  return format;
}

/** The measure as the author defined it, without anything else the object carries. */
export function readMeasure(value: unknown): MeasureSpec {
  const groups = entry(value, "group_by");
  const shown = entry(value, "groups");
  const rounding = entry(value, "rounding");
  return {
    id: text(value, "id"),
    numerator: text(value, "numerator"),
    denominator: text(value, "denominator"),
    group_by: groups === null ? null : list(groups, String),
    ...(shown === undefined ? {} : { groups: shown === "observed" ? "observed" : "all" }),
    small_number_suppression: readSuppression(value),
    ...(rounding === undefined ? {} : { rounding: readRounding(rounding) }),
  };
}

function readSuppression(measure: unknown): MeasureSpec["small_number_suppression"] {
  const said = entry(measure, "small_number_suppression");
  return typeof said === "boolean" ? said : { threshold: number(said, "threshold") };
}

function readRounding(said: unknown): Rounding {
  return said === "midpoint6" ? said : { to: number(said, "to") };
}

export function readProblem(value: unknown): Problem {
  const code = text(value, "code");
  const exitCode = number(value, "exitCode");
  if (!isExitCode(exitCode)) throw wrong("an exit code", "exitCode");
  const told = { code, message: text(value, "message"), hint: text(value, "hint"), exitCode };
  const place = entry(value, "place");
  return place === undefined ? told : { ...told, place: place as Place };
}

function isExitCode(code: number): code is Problem["exitCode"] {
  return [1, 2, 3, 4, 5, 130].includes(code);
}

function wrong(expected: string, name: string): Error {
  return new Error(`a message between threads should have ${expected} at ${JSON.stringify(name)}`);
}
