/** JSON that somebody wrote, read value by value; whatever is not as expected is a problem that names its place. */
import { nearestNames } from "../../base/nearest.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { visibleText } from "../../base/visible-text.ts";
import { fail } from "../problems.ts";
import { parseIsoDate } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";

/** Problem: audit-not-json. */
export function parsedJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return fail("audit-not-json", { file: visibleText(file) });
  }
}

export class JsonValue {
  readonly #value: unknown;
  readonly #file: string;
  readonly #place: string;

  constructor(value: unknown, file: string, place = "") {
    this.#value = value;
    this.#file = file;
    this.#place = place;
  }

  get isAbsent(): boolean {
    return this.#value === undefined;
  }

  get isNull(): boolean {
    return this.#value === null;
  }

  get isObject(): boolean {
    return typeof this.#value === "object" && this.#value !== null && !Array.isArray(this.#value);
  }

  /** Stops: what stands here is not `expected`. */
  refuse(expected: string): never {
    const place = this.#place === "" ? "the top level" : this.#place;
    return fail("audit-description", { file: this.#file, place, expected });
  }

  /** Stops where there is a key that nobody reads. */
  object(known?: readonly string[]): Readonly<Record<string, JsonValue>> {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return this.refuse("an object");
    }
    const entries = Object.entries(value as Readonly<Record<string, unknown>>);
    const unknown = entries.map(([key]) => key).find((key) => known?.includes(key) === false);
    if (unknown !== undefined && known !== undefined) {
      const nearest = nearestNames(unknown, known).map((name) => `; nearest: ${name}`);
      this.#at(unknown, undefined).refuse(`one of the keys ${known.join(", ")}${nearest.join("")}`);
    }
    return Object.fromEntries(entries.map(([key, each]) => [key, this.#at(key, each)]));
  }

  key(name: string): JsonValue {
    if (!this.isObject) return this.refuse("an object");
    const value = this.#value as Readonly<Record<string, unknown>>;
    return this.#at(name, Object.hasOwn(value, name) ? value[name] : undefined);
  }

  list(): readonly JsonValue[] {
    if (!Array.isArray(this.#value)) return this.refuse("a list");
    return this.#value.map((each: unknown, at) => this.#at(at, each));
  }

  /** One at least. */
  someOf(what: string): readonly JsonValue[] {
    const all = this.list();
    return all.length > 0 ? all : this.refuse(`at least one ${what}`);
  }

  /** Nothing where it is left out. */
  listOrNone(): readonly JsonValue[] {
    return this.isAbsent ? [] : this.list();
  }

  text(): string {
    return typeof this.#value === "string" ? this.#value : this.refuse("a text");
  }

  texts(): readonly string[] {
    return this.list().map((each) => each.text());
  }

  /** Texts that are all different. */
  names(): readonly string[] {
    return distinct(this.list(), (each) => each);
  }

  /** A whole number from `least`, and not above `most`. */
  whole(least = 0, most = Infinity): number {
    const value = this.#value;
    const isWhole = typeof value === "number" && Number.isSafeInteger(value);
    if (isWhole && value >= least && value <= most) return value;
    const to = most === Infinity ? "" : ` to ${groupedDigits(most)}`;
    return this.refuse(`a whole number from ${least}${to}`);
  }

  truth(): boolean {
    return typeof this.#value === "boolean" ? this.#value : this.refuse("true or false");
  }

  date(): IsoDate {
    return parseIsoDate(this.text()) ?? this.refuse("a date, YYYY-MM-DD");
  }

  oneOf<Choice extends string>(choices: readonly Choice[]): Choice {
    const found = choices.find((each) => each === this.#value);
    return found ?? this.refuse(`one of ${choices.join(", ")}`);
  }

  isText(text: string): boolean {
    return this.#value === text;
  }

  isTruth(): boolean {
    return typeof this.#value === "boolean";
  }

  #at(key: string | number, value: unknown): JsonValue {
    const place = typeof key === "number" ? `${this.#place}[${key}]` : `${this.#place}.${key}`;
    return new JsonValue(value, this.#file, place.replace(/^\./, ""));
  }
}

/** The text at which each is known; stops at the first that has another's. */
export function distinct(
  values: readonly JsonValue[],
  nameOf: (value: JsonValue) => JsonValue,
): readonly string[] {
  const seen = new Set<string>();
  for (const name of values.map(nameOf)) {
    if (seen.has(name.text())) name.refuse("another name than those before it");
    seen.add(name.text());
  }
  return [...seen];
}
