import { fail } from "./problems.ts";

/**
 * `--param` words: those of one occurrence are joined without spaces and split at the first `=`;
 * a name given again replaces the earlier value; a name alone is empty text.
 */
export function parseParams(
  occurrences: readonly (readonly string[])[],
): Readonly<Record<string, string>> {
  const pairs = occurrences.map((words) => {
    const [name = "", ...value] = words.join("").split("=");
    if (name === "") {
      fail("usage", { sentence: "--param has no name", wayOut: "Write --param name=value." });
    }
    return [name, value.join("=")] as const;
  });
  return Object.fromEntries(pairs);
}
