/** How a codelist is looked up in vocabularies. Runs inside the sandbox: plain JavaScript only. */
import { fail } from "../author-side-problems.ts";
import { describeValue } from "../describe-value.ts";
import { givenOptions } from "../given-options.ts";
import type { Codelist } from "../model.ts";
import { codeMatches, standardMatches } from "./code-match.ts";
import type { CodeMatch } from "./code-match.ts";
import { filesOf, madeFrom } from "./make-codelist.ts";

export interface LookUpOptions {
  /**
   * Which concept of a row decides: `"source-then-standard"`, the one of its own code where that is of the
   * list's vocabulary, otherwise the standard one; `"source"`; `"standard"`; `"source_value"`, the code as
   * it was recorded.
   */
  match?: CodeMatch;
  /** Whether standard concepts below those of the codelist count too; not where `match` asks of no standard concept. */
  descendants?: boolean;
}

/**
 * The same codelist, looked up in the vocabularies of OMOP records in a way of its own; on other records nothing changes.
 * Problems: an option that is not known, or a value that it does not take.
 *
 * @example
 * const insulins = lookedUp(codelist(["A10A"], "atc"), { descendants: true });
 */
export function lookedUp(codelist: Codelist, options: LookUpOptions): Codelist {
  givenOptions("lookedUp", options, ["match", "descendants"]);
  const { match, descendants } = options;
  if (match !== undefined && !codeMatches.includes(match)) {
    const wanted = codeMatches.join(", ");
    return fail("codelist-look-up", { option: "match", wanted, found: describeValue(match) });
  }
  if (descendants !== undefined && typeof descendants !== "boolean") {
    const found = describeValue(descendants);
    return fail("codelist-look-up", { option: "descendants", wanted: "true or false", found });
  }
  if (descendants === true && match !== undefined && !standardMatches.includes(match)) {
    const wanted = `false where match is ${JSON.stringify(match)}`;
    return fail("codelist-look-up", { option: "descendants", wanted, found: "true" });
  }
  const made = { ...codelist, ...withoutUndefined({ match, descendants }) };
  return madeFrom(Object.freeze(made), filesOf(codelist));
}

/** How the codelist is looked up, for one that is made of it. */
export function lookUpOf({ match, descendants }: Codelist): LookUpOptions {
  return withoutUndefined({ match, descendants });
}

function withoutUndefined({
  match,
  descendants,
}: {
  readonly match: CodeMatch | undefined;
  readonly descendants: boolean | undefined;
}): LookUpOptions {
  return {
    ...(match === undefined ? {} : { match }),
    ...(descendants === undefined ? {} : { descendants }),
  };
}
