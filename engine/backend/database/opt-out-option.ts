/** The option of a database URL that lets patients in who opted out. */
import type { Provider } from "../../schema/provision.ts";
import { fail, problem } from "../problems.ts";
import type { Records } from "./records.ts";

export const OPTION = "opensafely_include_t1oo";

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

/** Who is in, and a warning where the option means nothing: who opted out may not be told. */
export function optOuts(
  { provides, described }: Provider,
  { includeOptedOut, saysOptOuts }: OptOutsSaid,
): Pick<Records, "includeOptedOut" | "warnings"> {
  if (provides.patients_not_opted_out !== null) return { includeOptedOut, warnings: [] };
  const warnings = saysOptOuts ? [problem("opt-out-unknown", { provider: described })] : [];
  return { includeOptedOut: true, warnings };
}

/** What a database URL says of them. */
export interface OptOutsSaid {
  readonly includeOptedOut: boolean;
  readonly saysOptOuts: boolean;
}
