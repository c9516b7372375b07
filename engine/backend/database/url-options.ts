/** The options of a database URL, behind its `?`: those of every kind of database, and those of one. */
import { nearestNames } from "../../base/nearest.ts";
import { fail } from "../problems.ts";
import { OMOP_OPTIONS } from "./omop-options.ts";
import { OPTION, takeOptOutOption } from "./opt-out-option.ts";
import type { OptOutsSaid } from "./opt-out-option.ts";

/** What a kind of database takes besides `opensafely_include_t1oo`. */
export interface Taken<Name extends string> {
  readonly options: readonly Name[];
  /** Of these, such as may be given several times. */
  readonly several: readonly Name[];
  /** A URL of the kind, for messages. */
  readonly example: string;
}

export interface UrlOptions<Name extends string> extends OptOutsSaid {
  /** What stands before the options. */
  readonly address: string;
  readonly all: (option: Name) => readonly string[];
  /** Null where it is not given. */
  readonly wholeNumber: (option: Name) => number | null;
  /** The text, if it is of the pattern. */
  readonly matching: (option: Name, pattern: RegExp, wanted: string) => string | null;
}

/** Problems: database-option, database-option-repeated; database-option-value where one is asked for. */
export function urlOptions<Name extends string>(
  text: string,
  { options: known, several, example }: Taken<Name>,
): UrlOptions<Name> {
  const { url, includeOptedOut } = takeOptOutOption(text);
  const [address = "", query = ""] = url.split(/\?(.*)/s);
  const given = new URLSearchParams(query);
  for (const option of new Set(given.keys())) {
    const isOne = !several.some((name) => name === option);
    if (isOne && given.getAll(option).length > 1) fail("database-option-repeated", { option });
    if (!known.some((name) => name === option)) {
      const isOfOmop = OMOP_OPTIONS.some((name) => name === option);
      fail("database-option", { option, known, nearest: nearestNames(option, known), isOfOmop });
    }
  }
  const matching: UrlOptions<Name>["matching"] = (option, pattern, wanted) => {
    const value = given.get(option);
    if (value === null || pattern.test(value)) return value;
    return fail("database-option-value", { option, wanted, url: example });
  };
  return {
    address,
    includeOptedOut,
    saysOptOuts: new URLSearchParams(text.split(/\?(.*)/s)[1] ?? "").has(OPTION),
    all: (option) => given.getAll(option),
    matching,
    wholeNumber: (option) => {
      const value = matching(option, /^[1-9]\d{0,8}$/, "a whole number from 1");
      return value === null ? null : Number(value);
    },
  };
}
