/** What the fields of a record must be: each reader gives the value as its type, or says what is wrong. */

/** `field` is as people are reported it: `jobs[2].action`. */
export type Read<T> = (value: unknown, field: string) => T;

export class WrongField extends Error {
  readonly field: string;
  readonly expected: string;

  constructor(field: string, expected: string) {
    super(`${field}: ${expected}`);
    this.field = field;
    this.expected = expected;
  }
}

function wrong(field: string, expected: string): never {
  throw new WrongField(field, expected);
}

const MOST_TEXT = 64 * 1024 * 1024;

export const text: Read<string> = (value, field) =>
  typeof value === "string" && value.length <= MOST_TEXT ? value : wrong(field, "a text");

export const flag: Read<boolean> = (value, field) =>
  typeof value === "boolean" ? value : wrong(field, "true or false");

export const amount: Read<number> = (value, field) =>
  typeof value === "number" && value >= 0 && Number.isFinite(value)
    ? value
    : wrong(field, "a number from 0 on");

export const count: Read<number> = (value, field) =>
  Number.isSafeInteger(value) && Number(value) >= 0
    ? Number(value)
    : wrong(field, "a whole number from 0 on");

export function upTo(most: number): Read<number> {
  return (value, field) => {
    const found = count(value, field);
    return found <= most ? found : wrong(field, `a whole number up to ${most}`);
  };
}

export const whole: Read<number> = (value, field) =>
  Number.isSafeInteger(value) ? Number(value) : wrong(field, "a whole number");

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

export const time: Read<string> = (value, field) =>
  typeof value === "string" && TIME.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : wrong(field, "a time, as 2020-01-31T12:00:00.000Z");

const SHA256 = /^[0-9a-f]{64}$/;

export const sha256: Read<string> = (value, field) =>
  typeof value === "string" && SHA256.test(value) ? value : wrong(field, "a SHA-256");

export function oneOf<T extends string | number>(...known: readonly T[]): Read<T> {
  return (value, field) =>
    known.find((each) => each === value) ?? wrong(field, known.map(String).join(" or "));
}

export function orNull<T>(read: Read<T>): Read<T | null> {
  return (value, field) => (value === null ? null : read(value, field));
}

/** For what earlier versions did not write. */
export function orElse<T>(read: Read<T>, absent: T): Read<T> {
  return (value, field) => (value === undefined ? absent : read(value, field));
}

export function listOf<T>(read: Read<T>): Read<readonly T[]> {
  return (value, field) => {
    if (!Array.isArray(value)) return wrong(field, "a list");
    return value.map((item: unknown, i) => read(item, `${field}[${i}]`));
  };
}

/** Keys are names that people chose. */
export function mapOf<T>(
  read: Read<T>,
  readKey: Read<string> = text,
): Read<Readonly<Record<string, T>>> {
  return (value, field) => {
    const entries = Object.entries(objectOf(value, field));
    return Object.fromEntries(
      entries.map(([key, item]) => {
        const at = `${field}[${JSON.stringify(key)}]`;
        return [readKey(key, at), read(item, at)];
      }),
    );
  };
}

export type Fields<T> = { readonly [K in keyof T]-?: Read<T[K]> };

/** Fields that it does not know are left out. */
export function fieldsOf<T extends object>(fields: Fields<T>): Read<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return (value, field) => {
    const held = objectOf(value, field);
    const at = (name: string): string => (field === "" ? name : `${field}.${name}`);
    const own = (name: string): unknown => (Object.hasOwn(held, name) ? held[name] : undefined);
    const read = names.map((name) => [name, fields[name](own(name), at(name))] as const);
    return Object.fromEntries(read) as T;
  };
}

function objectOf(value: unknown, field: string): Readonly<Record<string, unknown>> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : wrong(field, "an object");
}
