/**
 * What no option parser can tell: options whose value may be several words. `--param a=b`,
 * `--param a = b` and `--param=a=b` are taken out, with every word up to the next option; the words of
 * `--index-date-range 2020-01-01 to 2020-12-01 by month` become one, as if they stood in quotes.
 */
import { fail } from "./problems.ts";

export interface TakenWords {
  readonly rest: readonly string[];
  readonly params: Readonly<Record<string, string>>;
}

/** Problem: usage, for a parameter without a name. */
export function takeParamWords(argv: readonly string[]): TakenWords {
  const rest: string[] = [];
  const params: string[][] = [];
  let current: string[] | null = null;
  for (const word of argv) {
    if (word === "--param" || word.startsWith("--param=")) {
      current = word === "--param" ? [] : [word.slice("--param=".length)];
      params.push(current);
    } else if (word.startsWith("--")) {
      current = null;
      rest.push(word);
    } else (current ?? rest).push(word);
  }
  return { rest, params: paramsIn(params) };
}

/**
 * The words of one occurrence are joined without spaces and split at the first `=`; a name given again
 * replaces the earlier value; a name alone is empty text.
 */
function paramsIn(occurrences: readonly (readonly string[])[]): Readonly<Record<string, string>> {
  const pairs = occurrences.map((words) => {
    const [name = "", ...value] = words.join("").split("=");
    if (name === "") {
      fail("usage", { sentence: "--param has no name", wayOut: "Write --param name=value." });
    }
    return [name, value.join("=")] as const;
  });
  return Object.fromEntries(pairs);
}

const RANGE = "--index-date-range";

export function withWholeRange(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => word === RANGE || word.startsWith(`${RANGE}=`));
  if (at < 0) return words;
  const after = words.slice(at + 1);
  const next = after.findIndex((word) => word.startsWith("-"));
  const pieces = next < 0 ? after : after.slice(0, next);
  const option = words[at] ?? "";
  const whole = option === RANGE ? [RANGE, pieces.join(" ")] : [[option, ...pieces].join(" ")];
  return [
    ...words.slice(0, at),
    ...(pieces.length === 0 ? [option] : whole),
    ...after.slice(pieces.length),
  ];
}
