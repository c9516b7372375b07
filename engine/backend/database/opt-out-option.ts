/** The option of a database URL that lets patients in who opted out. */
import { fail } from "../problems.ts";

const OPTION = "opensafely_include_t1oo";

export interface UrlAndOptOut {
  /** Without the option; the others are grouped by name, in the order of first mention. */
  readonly url: string;
  readonly includeOptedOut: boolean;
}

/** Only "true", in any letter case, includes them. Problem: database-option-repeated. */
export function takeOptOutOption(url: string): UrlAndOptOut {
  const mark = url.indexOf("?");
  if (mark < 0) return { url, includeOptedOut: false };
  const options = new URLSearchParams(url.slice(mark + 1));
  const given = options.getAll(OPTION);
  if (given.length > 1) fail("database-option-repeated", { option: OPTION });
  const others = [...new Set(options.keys())]
    .filter((name) => name !== OPTION)
    .flatMap((name) => options.getAll(name).map((value): [string, string] => [name, value]));
  const rest = new URLSearchParams(others).toString();
  return {
    url: rest === "" ? url.slice(0, mark) : `${url.slice(0, mark)}?${rest}`,
    includeOptedOut: given[0]?.toLowerCase() === "true",
  };
}
