/** Options as authors write them. Study code is not type-checked when it runs. */
import { nearestNames } from "../base/nearest.ts";
import { fail } from "./author-side-problems.ts";
import { describeValue } from "./describe-value.ts";
import { isPlainObject } from "./plain-object.ts";

/**
 * The options by name; one that is undefined counts as not given. Problems "options-not-an-object",
 * and "unknown-option" for a name that is not `known`, with the nearest ones.
 */
export function givenOptions(
  call: string,
  options: unknown,
  known: readonly string[],
): readonly (readonly [option: string, value: unknown])[] {
  if (!isPlainObject(options)) {
    return fail("options-not-an-object", { function: call, found: describeValue(options) });
  }
  const given = Object.entries(options);
  for (const [option] of given) {
    if (known.includes(option)) continue;
    fail("unknown-option", { function: call, option, nearest: nearestNames(option, known) });
  }
  return given;
}
