/** How Stata stores a column, and which numbers stand for its missing values. */

export type StorageType =
  | { readonly kind: "byte" | "int" | "long" | "float" | "double"; readonly bytes: number }
  /** Up to so many bytes; a shorter text has a NUL behind it. */
  | { readonly kind: "str"; readonly bytes: number }
  /** Eight bytes that say where among the long texts it is. */
  | { readonly kind: "strL"; readonly bytes: 8 };

/** Longer texts, and those that hold a NUL, are long texts. */
export const LONGEST_STR = 2045;

/** A number from here on is a missing value: `.`, then `.a` to `.z`. */
export const FIRST_MISSING = {
  byte: 101,
  int: 32_741,
  long: 2_147_483_621,
  float: 2 ** 127,
  double: 2 ** 1023,
} as const;

/** The least number of a long. */
export const LEAST_LONG = -2_147_483_647;

const STRL_CODE = 32_768;

const numeric: ReadonlyMap<number, StorageType> = new Map([
  [65_526, { kind: "double", bytes: 8 }],
  [65_527, { kind: "float", bytes: 4 }],
  [65_528, { kind: "long", bytes: 4 }],
  [65_529, { kind: "int", bytes: 2 }],
  [65_530, { kind: "byte", bytes: 1 }],
]);

/** The type that a code of a file means, or null. */
export function storageTypeOf(code: number): StorageType | null {
  if (code >= 1 && code <= LONGEST_STR) return { kind: "str", bytes: code };
  if (code === STRL_CODE) return { kind: "strL", bytes: 8 };
  return numeric.get(code) ?? null;
}

export function codeOfStorageType(type: StorageType): number {
  if (type.kind === "str") return type.bytes;
  if (type.kind === "strL") return STRL_CODE;
  for (const [code, { kind }] of numeric) if (kind === type.kind) return code;
  throw new Error(`no code for ${type.kind}`);
}
