/** JSON that somebody wrote, read value by value; whatever is not as expected is a problem that names its place. */
import { nearestNames } from "../../base/nearest.ts";
import { visibleText } from "../../base/visible-text.ts";
import { fail } from "../problems.ts";
import { parseIsoDate } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";

/** Problem: audit-not-json. */
export function parsedJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
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
    const value = this.#value;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject) return this.refuse("an object");
    const has = Object.hasOwn(value, name);
    return this.#at(name, has ? (value as Readonly<Record<string, unknown>>)[name] : undefined);
  }

  list(): readonly JsonValue[] {
    if (!Array.isArray(this.#value)) return this.refuse("a list");
    return this.#value.map((each: unknown, at) => this.#at(at, each));
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

  /** A whole number from `least`. */
  whole(least = 0): number {
    const value = this.#value;
    const isGood = typeof value === "number" && Number.isSafeInteger(value) && value >= least;
    return isGood ? value : this.refuse(`a whole number from ${least}`);
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
